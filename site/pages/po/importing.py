"""A PO file back into its translation: all of it or nothing, and what is wrong with it line by line.

What comes back as it went out changes nothing. Changed words are the person's who hands them in; fuzzy ones wait
for somebody to go over them, as a machine's do.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polib
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from pages import translations
from pages.passages import Change, Passage, passages, trouble_with, write
from pages.po.export import ID, is_fuzzy

if TYPE_CHECKING:
    from profiles.models import User

# A page has a few hundred sentences; a file of that size is something else.
LARGEST: Final = 2 * 1024 * 1024
TOOL: Final = "PO"
SHOWN: Final = 20
# Every line of a PO file that is no comment. polib takes more, and cuts the end off a line without its quote.
LINE: Final = re.compile(
    r'(?:#.*|\s*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)[ \t]*)?"(?:[^"\\]|\\.)*"\s*)'
)

# `take_in` asks the header again, read properly.
NAMED: Final = re.compile(rf"{ID}: ([0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}})")


@dataclass(frozen=True)
class Fault:
    words: str
    line: int = 0  # 0 for the file as a whole

    def __str__(self) -> str:
        return (
            _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words}
            if self.line
            else self.words
        )


class Unusable(Exception):
    """Nothing was saved; `faults` in the order of the file, at most SHOWN and a last word about the others."""

    def __init__(self, faults: list[Fault]) -> None:
        left = len(faults) - SHOWN
        more = [Fault(_("… and %(count)d more.") % {"count": left})] if left > 0 else []
        self.faults = faults[:SHOWN] + more
        super().__init__(f"{len(faults)} faults")


def take_in(translation: Translation, raw: bytes, by: User | Any) -> int:
    """How many passages are different now. Raises Unusable."""
    if not translations.is_on(translation.target_locale):
        raise Unusable([Fault(_("This language is switched off at the moment."))])
    file = _parsed(_decoded(raw))
    _belongs(file, translation)
    with transaction.atomic():
        # Read and written in one transaction: what is compared is what is replaced.
        Translation.objects.select_for_update().get(pk=translation.pk)
        known = {(passage.path, passage.source): passage for passage in passages(translation)}
        faults, changes = _compared(file, known)
        if faults:
            raise Unusable(faults)
        return write(translation, changes, by) if changes else 0


def identity(raw: bytes) -> uuid.UUID:
    """Which translation a file says that it belongs to. Raises Unusable."""
    text = _decoded(raw)
    found = NAMED.search(text[:10_000])
    if found is None:
        _parsed(text)  # what is broken is said line by line
        raise Unusable([Fault(_("This file did not come from here. Download it anew and fill that one in."))])
    return uuid.UUID(found[1])


def _decoded(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise Unusable([Fault(_("This file is too large for a translation of one page."))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        words = _("This is not UTF-8. Save the file as UTF-8 in your editor and send it again.")
        raise Unusable([Fault(words, line)]) from wrong
    if "\0" in text or "msgid" not in text:
        raise Unusable([Fault(_("This is no PO file."))])
    return text


def _parsed(text: str) -> polib.POFile:
    words = _("Here the file is broken: it cannot be read as a PO file.")
    broken_lines = [number for number, line in enumerate(text.split("\n"), 1) if not LINE.fullmatch(line)]
    if broken_lines:
        raise Unusable([Fault(words, number) for number in broken_lines])
    try:
        # A text with line breaks is never taken for the name of a file on this machine.
        return polib.pofile(f"{text}\n")
    except (OSError, ValueError, IndexError, AttributeError, TypeError, RecursionError) as broken:
        line = re.search(r"\(?line (\d+)\)?", str(broken))
        raise Unusable([Fault(words, int(line[1]) if line else 0)]) from broken


def _belongs(file: polib.POFile, translation: Translation) -> None:
    language = translation.target_locale.language_code
    given = file.metadata.get("Language", language).replace("_", "-").partition("-")[0].lower()
    if given and given != language.partition("-")[0]:
        raise Unusable([Fault(_("This file is for another language (%(language)s).") % {"language": given})])
    if file.metadata.get(ID) != str(translation.uuid):
        words = _(
            "This file belongs to another page, or did not come from here. Download it anew and fill that one in."
        )
        raise Unusable([Fault(words)])


def _compared(file: polib.POFile, known: dict[tuple[str, str], Passage]) -> tuple[list[Fault], list[Change]]:
    faults, changes, seen = [], [], set()
    for entry in file:
        if entry.obsolete:
            continue
        place = (entry.msgctxt or "", entry.msgid)
        passage = known.get(place)
        found = list(_faults(entry, passage, again=place in seen))
        seen.add(place)
        faults += [Fault(words, entry.linenum or 0) for words in found]
        if passage and not found and (change := _change(entry, passage)):
            changes.append(change)
    return faults, changes


def _faults(entry: polib.POEntry, passage: Passage | None, again: bool) -> Iterator[str]:
    if passage is None:
        yield _("This passage is not on the page, or reads differently now. Download the file anew.")
    elif again:
        yield _("This passage is in the file twice.")
    elif entry.msgid_plural:
        yield _("Passages of a page have no plural forms.")
    elif _change(entry, passage) and (trouble := trouble_with(passage, _one_line(entry.msgstr))):
        yield trouble


def _change(entry: polib.POEntry, passage: Passage) -> Change | None:
    """None for what is as it was, and for an empty msgstr: it says "not done", never "take it away"."""
    words, fuzzy = _one_line(entry.msgstr), entry.fuzzy
    if not words or (entry.msgstr == passage.words and fuzzy == is_fuzzy(passage)):
        return None
    if entry.msgstr == passage.words and passage.broken:
        return None  # no longer fuzzy, but as broken as before
    return Change(passage, words, unread=fuzzy, tool=TOOL if fuzzy else "")


def _one_line(words: str) -> str:
    return " ".join(words.split())
