"""Does a text hold a phrase? Whole words, whatever their case, accents, plural, French elision, Arabic prefix.

Folding is search's (`search.analyser`), so that what a translator finds and what the glossary finds are one. Its
stems are too coarse here (university and universal): only plurals go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from search.analyser import arabic_stem, is_arabic, words

_TAG: Final = re.compile(r"<[^>]*>")
_PLURALS: Final = {
    "en": [(re.compile(r"ies$"), "y"), (re.compile(r"(?<=s|x|z)es$|(?<=ch|sh)es$|(?<=[^s])s$"), "")],
    "fr": [(re.compile(r"aux$"), "al"), (re.compile(r"[sx]$"), "")],
    "nl": [(re.compile(r"(?<=...)(?:en|s)$"), "")],
}
# A passage is a paragraph; nobody needs hints for a text longer than this many characters at once.
LONGEST: Final = 20_000

Phrase = tuple[str, ...]


def phrase(text: str, language: str) -> Phrase:
    return tuple(_folded(word, language) for word in words(text))


def spellings(text: str, language: str) -> list[frozenset[str]]:
    """Each word of `text` in the ways it may be read: وبالحبس is also الحبس."""
    plain = _TAG.sub(" ", text[:LONGEST]).replace("&#x27;", "'").replace("&amp;", "&")
    return [_readings(word, language) for word in words(plain)]


def starts(wanted: Phrase, read: Sequence[frozenset[str]]) -> Iterator[int]:
    """Where in the text the phrase begins."""
    for start in range(len(read) - len(wanted) + 1):
        if wanted and all(word in read[start + place] for place, word in enumerate(wanted)):
            yield start


def holds(read: Sequence[frozenset[str]], forms: Sequence[str], language: str) -> bool:
    return any(True for form in forms for _start in starts(phrase(form, language), read))


@lru_cache(maxsize=20_000)
def _folded(word: str, language: str) -> str:
    if is_arabic(word):
        return arabic_stem(word)
    for ending, instead in _PLURALS.get(language, []):
        shorter = ending.sub(instead, word)
        if shorter != word and len(shorter) > 2:
            return shorter
    return word


@lru_cache(maxsize=20_000)
def _readings(word: str, language: str) -> frozenset[str]:
    if not is_arabic(word):
        return frozenset([_folded(word, language)])
    # "and", "so"; then "with", "for", "like": written onto the word.
    joined = [word, *([word[1:]] if word[0] in "وف" and len(word) > 3 else [])]
    bare = [one[1:] for one in joined if one[0] in "بلك" and len(one) > 3]
    return frozenset(_folded(one, language) for one in [*joined, *bare])
