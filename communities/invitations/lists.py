"""Reading a list of addresses: pasted, or a file that a spreadsheet wrote. Nothing of it is ever run or trusted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Of one sending.
MOST: Final = 500
# A line that is no address is shown again, but not endlessly.
SHOWN: Final = 100
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CELLS: Final = re.compile(r"[,;\t]")
_ANGLES: Final = re.compile(r"<([^<>]*@[^<>]*)>")
# Soft hyphen, joiners, direction marks, byte order mark: invisible in what was pasted.
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# What spreadsheets take for a formula.
_FORMULA: Final = ("=", "+", "-", "@")


class NotText(ValueError):  # noqa: N818 -- what the file is
    """A spreadsheet's own format, a picture: anything with null bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`said` as it is shown again; `email` is "" where it is no address."""

    said: str
    email: str


def text_of(raw: bytes) -> str:
    """Whatever program wrote it: UTF-8, UTF-16 with its mark, else the Western code page. NotText for the rest."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if b"\0" in raw:
        raise NotText
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def entries_of(text: str, *, is_table: bool = False) -> list[Entry]:
    """Every cell with an @; a line without any counts as one that is no address, the head of a table apart."""
    found: list[Entry] = []
    lines = [line for line in _INVISIBLE.sub("", text).splitlines() if line.strip(" ,;\t\"'\xa0")]
    for number, line in enumerate(lines):
        cells = [cell for cell in _CELLS.split(line) if "@" in cell]
        if not cells and is_table and number == 0 and len(lines) > 1:
            continue
        found += [_entry(cell) for cell in cells or [line]]
    return found


def _entry(cell: str) -> Entry:
    said = cell.strip(" \t\"'\xa0")
    inside = _ANGLES.search(said)
    email = (inside[1] if inside else said).strip().removeprefix("mailto:").lower()
    return Entry(said[:SHOWN], email if _is_address(email) else "")


def _is_address(email: str) -> bool:
    if email.startswith(_FORMULA) or len(email) > 254:
        return False
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
