"""One page of results: what was found, how many, of which kinds, and where each text answers.

Two queries, whatever is found: the ranked hits as bare ids with what the facets count, then the rows of the
page. (The reader's spaces are a query before that, the names of the page's spaces one after.)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from search.highlight import marked, passage
from search.kinds import KINDS, Kind, kind_of
from search.models import SearchEntry
from search.query import Query, cut, parse
from search.querysets import MOST_RANKED, SearchEntryQuerySet

if TYPE_CHECKING:
    from communities.permissions import AnyUser

PAGE_SIZE: Final = 20
MOST_SUGGESTED: Final = 5


class NoSuchPage(LookupError):
    """A page beyond the last one."""


class Asked(NamedTuple):
    """What the reader asked for. An empty kind or language means any."""

    text: str
    kind: str = ""
    language: str = ""
    page: int = 1

    @property
    def address(self) -> QueryDict:
        """For links that change one part of it. Nothing else of the reader's own address goes along."""
        parts = {"q": self.text, "kind": self.kind, "language": self.language}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in parts.items() if value})
        return query


class Hit(NamedTuple):
    pk: int
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One result as it is shown."""

    entry: SearchEntry
    kind: Kind
    title: SafeString
    passage: SafeString


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the hits have this kind or language."""

    value: str
    count: int
    label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Results:
    asked: Asked
    total: int
    # More was found than is ever ranked: the total is "more than".
    is_capped: bool
    lines: list[Line]
    kinds: list[Facet]
    languages: list[Facet]
    # When nothing was found: titles that begin like what was typed.
    suggestions: list[SearchEntry]

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE_SIZE)

    @property
    def previous_page(self) -> int | None:
        return self.asked.page - 1 if self.asked.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.asked.page + 1 if self.asked.page < self.pages else None


def find(user: AnyUser, asked: Asked) -> Results | None:
    """The page `asked` for, of what `user` may read; None when nothing was asked. Raises NoSuchPage."""
    if not cut(asked.text):
        if asked.page > 1:
            raise NoSuchPage
        return None
    visible = SearchEntry.objects.visible_to(user)
    ranked = visible.search(asked.text).ranked().meant_for(user)
    hits = [Hit(*row) for row in ranked.values_list("pk", "kind", "language")]
    chosen = [hit for hit in hits if _fits(hit, asked)]
    if asked.page > 1 and len(chosen) <= (asked.page - 1) * PAGE_SIZE:
        raise NoSuchPage
    return Results(
        asked=asked,
        total=len(chosen),
        is_capped=len(hits) >= MOST_RANKED,
        lines=_lines(visible, chosen, asked),
        kinds=_kinds(hits),
        languages=_languages(hits),
        suggestions=[] if hits else list(visible.starting(asked.text).meant_for(user)[:MOST_SUGGESTED]),
    )


def _fits(hit: Hit, asked: Asked) -> bool:
    return asked.kind in ("", hit.kind) and asked.language in ("", hit.language)


def _lines(visible: SearchEntryQuerySet, chosen: list[Hit], asked: Asked) -> list[Line]:
    first = (asked.page - 1) * PAGE_SIZE
    keys = [hit.pk for hit in chosen[first : first + PAGE_SIZE]]
    # Through `visible` again: an id is no right.
    rows = visible.with_result().in_bulk(keys) if keys else {}
    query = parse(asked.text)
    return [_line(rows[key], query) for key in keys if key in rows]


def _line(entry: SearchEntry, query: Query) -> Line:
    return Line(
        entry=entry,
        kind=kind_of(entry.kind),
        title=marked(entry.title, entry.language, query),
        passage=passage(entry.body, entry.language, query),
    )


def _kinds(hits: list[Hit]) -> list[Facet]:
    counts = Counter(hit.kind for hit in hits)
    return [Facet(kind, count, kind_of(kind).label) for kind, count in counts.most_common() if kind in KINDS]


def _languages(hits: list[Hit]) -> list[Facet]:
    counts = Counter(hit.language for hit in hits)
    return [Facet(code, count) for code, count in counts.most_common()]
