"""Where a text answers a query: titles with their hits marked, and the passage with the most of them.

The databases' own highlighters would show stems, and PostgreSQL's knows nothing of our analyser. What is
marked here is what the index matched: the same stems by the row's language. Text is escaped; `<mark>` is
the only markup that comes out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.analyser import stem, words
from search.query import Query

# A passage of a result, in words: three lines on a phone.
PASSAGE: Final = 30
BEFORE: Final = 5
# Passages are compared up to so many words behind the first hit; a whole book is not read for three lines.
LOOKAHEAD: Final = 400

# A written word with what may sit inside it: vowel signs, accents, invisible joiners, an apostrophe.
_MARKS: Final = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f\u2060"
_LETTERS: Final = rf"[^\W_][\w{_MARKS}]*"
_WRITTEN: Final = re.compile(rf"{_LETTERS}(?:['’ʼ]{_LETTERS})*")


@dataclass(slots=True)
class Span:
    """One written word: its place in the text, and whether it answers the query."""

    start: int
    end: int
    hit: bool = False


def marked(text: str, language: str, query: Query) -> SafeString:
    """The whole of `text` with its hits marked: for titles."""
    return _rendered(text, _spans(text, language, query), 0, len(text))


def passage(text: str, language: str, query: Query) -> SafeString:
    """The densest passage of `text`, or its beginning when only the title answered."""
    text = " ".join(text.split())
    spans = _spans(text, language, query)
    if not spans:
        return format_html("{}", text[:200])
    first, last = _densest([span.hit for span in spans])
    start, end = _edges(text, spans, first, last)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _rendered(text, spans, start, end), after)


def _spans(text: str, language: str, query: Query) -> list[Span]:
    spans: list[Span] = []
    stems: list[tuple[str, Span]] = []
    enough = len(text)
    for found in _WRITTEN.finditer(text):
        spans.append(Span(found.start(), found.end()))
        for term in _stems(found.group(), language):
            stems.append((term, spans[-1]))
            if _mark_phrases(stems, query):
                enough = min(enough, len(spans) + LOOKAHEAD)
        if len(spans) >= enough:
            break
    return spans


def _mark_phrases(stems: list[tuple[str, Span]], query: Query) -> bool:
    """Mark the written words of every phrase that ends with the last of `stems`."""
    found = False
    for phrase in query.ending_in.get(stems[-1][0], ()):
        tail = stems[-len(phrase) :]
        if tuple(term for term, _span in tail) == phrase:
            found = True
            for _term, span in tail:
                span.hit = True
    return found


@lru_cache(maxsize=20_000)
def _stems(written: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in words(written))


def _densest(hits: list[bool]) -> tuple[int, int]:
    """First and last word of the window of PASSAGE words with the most hits; the earliest of equals."""
    best = count = sum(hits[:PASSAGE])
    first = 0
    for start in range(1, len(hits) - PASSAGE + 1):
        count += hits[start + PASSAGE - 1] - hits[start - 1]
        if count > best:
            best, first = count, start
    if first:
        # The earliest such window ends with its last hit: begin shortly before its first one instead.
        first = max(first, hits.index(True, first) - BEFORE)
    first = max(0, min(first, len(hits) - PASSAGE))
    return first, min(first + PASSAGE, len(hits)) - 1


def _edges(text: str, spans: list[Span], first: int, last: int) -> tuple[int, int]:
    """Character positions of the window; at the very beginning and end the punctuation comes along."""
    start = spans[first].start if first else 0
    end = len(text) if last == len(spans) - 1 and len(text) - spans[last].end < PASSAGE else spans[last].end
    return start, end


def _rendered(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    return format_html_join("", "{}{}", _pieces(text, spans, start, end))


def _pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[tuple[str, SafeString | str]]:
    for span in spans:
        if span.hit and start <= span.start and span.end <= end:
            yield text[start : span.start], format_html("<mark>{}</mark>", text[span.start : span.end])
            start = span.end
    yield text[start:end], ""
