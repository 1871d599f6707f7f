"""A translation as a PO file, for whoever works in an editor of their own or without a line: out, and back in."""
