"""What a reader typed -> clauses -> an FTS5 MATCH string or a tsquery.

The text is parsed once, here; what reaches a database is letters and digits in quotes, so no operator of
either can be typed into it and no input raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.analyser import LATIN, arabic_stem, is_arabic, stem, storable, title_words, words
from search.synonyms import SYNONYMS

# A longer text is cut, not refused: whoever pastes a paragraph still finds something.
LONGEST_QUERY: Final = 256  # characters
MOST_CLAUSES: Final = 16
MOST_WORDS_IN_PHRASE: Final = 16
MOST_WORDS_IN_PREFIX: Final = 6

# Left out unless nothing else was asked: they match nearly every row, and ranking reads every hit.
COMMON: Final = frozenset(
    words(
        """a an the of and or to in on for is are was be with by at from as it that this
        le la les l d de des du un une et ou en au aux dans sur pour par est sont qui que ce se ne pas
        het een van op te dat die met zijn voor er aan niet is ik je
        في من على إلى عن أن أو هذا هذه التي الذي مع كان"""
    )
)
# Written together with the next word: and, with, for, like, so. Some words begin with these letters by
# themselves, hence they stay in the index and are tried here.
_PROCLITICS: Final = ("", "و", "ب", "ل", "ك", "ف", "وب", "ول")
_QUOTES: Final = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
_PIECE: Final = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"|(\S+))')

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of `alternatives`, each one stem or several in a row; or, negated, none of them."""

    alternatives: tuple[Phrase, ...]
    negated: bool = False


@dataclass(frozen=True)
class Query:
    """All clauses at once. False when nothing can be found by it (empty, or only exclusions)."""

    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @cached_property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.negated)

    @cached_property
    def unwanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.negated)

    @cached_property
    def ending_in(self) -> dict[str, set[Phrase]]:
        """Everything a hit may consist of, by its last stem, for the highlighter."""
        found: dict[str, set[Phrase]] = {}
        for phrase in (phrase for clause in self.wanted for phrase in clause.alternatives):
            found.setdefault(phrase[-1], set()).add(phrase)
        return found

    def as_fts5(self) -> str:
        match = " AND ".join(map(_fts5_any, self.wanted))
        refused = " OR ".join(map(_fts5_any, self.unwanted))
        # NOT stands outside the whole: it excludes the row, whichever alternative brought it.
        return f"{{title_terms body_terms}} : (({match}){f' NOT ({refused})' if refused else ''})"

    def as_tsquery(self) -> str:
        return " & ".join([*map(_ts_any, self.wanted), *(f"!{_ts_any(clause)}" for clause in self.unwanted)])


def parse(text: str) -> Query:
    """Read `text`: words, "phrases", «phrases», and -exclusions of either."""
    pieces = list(_pieces(text))
    # All of it common ("les", "هذا من"): then that is what is asked.
    kept = [clause for clause, common in pieces if not common] or [clause for clause, _common in pieces]
    return Query(tuple(kept[:MOST_CLAUSES]))


def cut(text: str) -> str:
    """What of `text` is looked for, as it is shown back to the reader."""
    return storable(text[:LONGEST_QUERY]).strip()


def _pieces(text: str) -> Iterator[tuple[Clause, bool]]:
    for minus, phrase, word in _PIECE.findall(cut(text).translate(_QUOTES)):
        found = words(phrase or word)[:MOST_WORDS_IN_PHRASE]
        if not found:
            continue
        alone = len(found) == 1 and not phrase
        alternatives = _alternatives(found[0]) if alone else _in_a_row(found)
        yield Clause(alternatives, negated=bool(minus)), len(found) == 1 and found[0] in COMMON


def _alternatives(word: str) -> tuple[Phrase, ...]:
    """One word in every form a row may hold it in, its synonyms with it."""
    forms = (form for near in (word, *SYNONYMS.get(word, ())) for form in _forms(near))
    return tuple(dict.fromkeys((form,) for form in forms))


def _forms(word: str) -> tuple[str, ...]:
    """A query's language is not known: each language's stem of a Latin word, each joining of an Arabic."""
    if not is_arabic(word):
        return tuple(dict.fromkeys(stem(word, code) for code in LATIN))
    base = arabic_stem(word)
    # للاجئين: ل and the article already lost an alef; what is left may itself begin with ل.
    bare = (base[1:],) if base.startswith("ل") and len(base) > 3 else ()
    return (*(joined + base for joined in _PROCLITICS), *bare)


def _in_a_row(found: list[str]) -> tuple[Phrase, ...]:
    """A phrase as each language would have stemmed it; something may be joined to its first word."""
    phrases = (tuple(stem(word, code) for word in found) for code in LATIN)
    starts = _forms(found[0]) if is_arabic(found[0]) else None
    joined = ((start, *phrase[1:]) for phrase in phrases for start in starts or (phrase[0],))
    return tuple(dict.fromkeys(joined))


def _fts5_any(clause: Clause) -> str:
    return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in clause.alternatives) + ")"


def _ts_any(clause: Clause) -> str:
    phrases = (" <-> ".join(f"'{term}'" for term in phrase) for phrase in clause.alternatives)
    return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"


@dataclass(frozen=True)
class Prefix:
    """Titles that hold all the words, the last one perhaps unfinished."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    def as_fts5(self) -> str:
        return "title_words : (" + " AND ".join(f'"{word}"' for word in self.words) + " *)"

    def as_tsquery(self) -> str:
        return " & ".join(f"'{word}'" for word in self.words) + ":*"


def parse_prefix(text: str) -> Prefix:
    return Prefix(tuple(title_words(cut(text)).split()[:MOST_WORDS_IN_PREFIX]))
