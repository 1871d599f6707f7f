"""What changed between two states of a text, line by line."""

from __future__ import annotations

import difflib
from itertools import islice
from typing import Final, NamedTuple

# A text turned inside out: what differs is then no help, and costs time.
MOST_LINES: Final = 2000
AROUND: Final = 2


class Stretch(NamedTuple):
    """`how`: "same", "gone", "new" or "jump" (lines in between that did not change)."""

    how: str
    text: str


_HOW: Final = {" ": "same", "-": "gone", "+": "new", "@": "jump"}


def differences(before: str, after: str) -> list[Stretch]:
    """Lines that went and came, with two around them. Empty when nothing differs, or too much to compare."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) + len(new) > MOST_LINES:
        return []
    lines = difflib.unified_diff(old, new, lineterm="", n=AROUND)
    # The first two lines name files.
    rows = [Stretch(_HOW[line[0]], line[1:] if line[0] != "@" else "") for line in islice(lines, 2, None)]
    return rows[1:] if rows and rows[0].how == "jump" else rows
