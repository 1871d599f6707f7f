"""The glossary beside a translator's work: which terms a passage holds, and what the translation makes of them."""
