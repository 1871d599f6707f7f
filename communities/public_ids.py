"""Identifiers for addresses: random, so that none tells how many there are or lets the next be guessed."""

import secrets

# Without 0/o, 1/l/i and the vowels that make words: read over a bad telephone line without doubt.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_public_id() -> str:
    """16 characters, 76 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))
