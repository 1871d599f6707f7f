"""One language pair's glossary, read once and asked for every passage. One query, however many passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from pages.glossary import matching
from pages.models import Wording

# Terms read for one pair; a glossary that a network can keep in its head is far smaller.
MOST: Final = 3000


@dataclass(frozen=True)
class Hint:
    """A term of a passage, and what it is called in the translator's language."""

    term: str
    preferred: str
    also: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Doubt:
    """A translation that leaves the preferred wording out, or uses one of those to avoid (`avoided`)."""

    hint: Hint
    avoided: tuple[str, ...] = ()


@dataclass
class Glossary:
    source: str
    target: str
    wordings: dict[str, list[Wording]] | None = None  # language -> rows; read when nobody has
    _by_first_word: dict[str, list[tuple[matching.Phrase, Hint]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        known = _wordings({self.source, self.target}) if self.wordings is None else self.wordings
        wanted = {row.term_id: row for row in known.get(self.target, []) if row.words}
        for row in known.get(self.source, []):
            if row.term_id in wanted and row.words:
                self._add(row, wanted[row.term_id])

    def _add(self, row: Wording, wanted: Wording) -> None:
        hint = Hint(row.words, wanted.words, tuple(wanted.forms[1:]), tuple(wanted.avoided), wanted.note)
        for form in row.forms:
            phrase = matching.phrase(form, self.source)
            if phrase:
                self._by_first_word[phrase[0]].append((phrase, hint))

    def hints(self, text: str) -> list[Hint]:
        """Terms of `text` in the order of their appearance, each once. A term within a longer one is not meant."""
        if not self._by_first_word:
            return []
        read = matching.spellings(text, self.source)
        found: list[tuple[int, int, Hint]] = []
        for start, readings in enumerate(read):
            for phrase, hint in self._candidates(readings):
                if next(matching.starts(phrase, read[start : start + len(phrase)]), None) is not None:
                    found.append((start, start + len(phrase), hint))
        return list(dict.fromkeys(hint for start, end, hint in found if not _within(start, end, found)))

    def _candidates(self, readings: Iterable[str]) -> list[tuple[matching.Phrase, Hint]]:
        return [one for reading in sorted(readings) for one in self._by_first_word.get(reading, ())]

    def doubts(self, text: str, translation: str) -> list[Doubt]:
        """Terms of `text` that `translation` renders otherwise than the glossary prefers."""
        hints = self.hints(text) if translation else []
        read = matching.spellings(translation, self.target) if hints else []
        return [doubt for hint in hints if (doubt := self._doubt(hint, read))]

    def _doubt(self, hint: Hint, read: list[frozenset[str]]) -> Doubt | None:
        avoided = tuple(form for form in hint.avoid if matching.holds(read, [form], self.target))
        if matching.holds(read, [hint.preferred, *hint.also], self.target):
            # "detention" to avoid is part of "pre-trial detention", which is right.
            return None
        return Doubt(hint, avoided)


def _within(start: int, end: int, found: list[tuple[int, int, Hint]]) -> bool:
    return any(one <= start and end <= other and other - one > end - start for one, other, _hint in found)


def glossaries(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Glossary]:
    """Of several pairs of languages at once. One query."""
    wanted = set(pairs)
    known = _wordings({language for pair in wanted for language in pair})
    return {pair: Glossary(*pair, known) for pair in wanted}


def _wordings(languages: Collection[str]) -> dict[str, list[Wording]]:
    found = defaultdict(list)
    for row in Wording.objects.filter(language__in=languages).order_by("pk")[: MOST * len(languages)]:
        found[row.language].append(row)
    return found
