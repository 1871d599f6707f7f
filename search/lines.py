"""For rooms that name things of other rooms (pins): titles and addresses, to whoever may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import get_language

from search.kinds import Kind, kind_of
from search.models import SearchEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.permissions import AnyUser
    from search.querysets import SearchEntryQuerySet

_COLUMNS: Final = ("kind", "object_id", "title", "url", "language", "date")


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that its reader may read."""

    kind: str
    object_id: int
    title: str
    url: str
    language: str
    date: date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.object_id}"

    @property
    def named(self) -> Kind:
        return kind_of(self.kind)


def lines(viewer: AnyUser | None, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Line]:
    """Of the things (kind, id) those that `viewer` may read, in one query. What is gone is left out.

    None as viewer: any approved member of the network, one that is in no space.
    """
    asked = Q()
    for kind, object_id in pairs:
        asked |= Q(kind=kind, object_id=object_id)
    if not asked:
        return {}
    everything = SearchEntry.objects.all()
    readable = everything.visible_to_network() if viewer is None else everything.open_to(viewer)
    return {(line.kind, line.object_id): line for line in _read(readable.filter(asked))}


def by(author: AnyUser, kind: str, *, most: int) -> list[Line]:
    """The newest of that kind that somebody wrote and may still read."""
    rows = SearchEntry.objects.open_to(author).filter(kind=kind, author=author.pk)
    return _read(rows.newest()[:most])


def is_by(author: AnyUser, kind: str, object_id: int) -> bool:
    """Whether somebody wrote this one and may still read it."""
    rows = SearchEntry.objects.open_to(author).filter(kind=kind, object_id=object_id)
    return rows.filter(author=author.pk).exists()


def found(viewer: AnyUser, text: str, kinds: Iterable[str], *, most: int) -> list[Line]:
    """What answers `text` among those kinds, the best first; without a text the newest in the reader's language."""
    rows = SearchEntry.objects.visible_to(viewer).filter(kind__in=list(kinds))
    if text.strip():
        return _read(rows.search(text).ranked()[:most])
    return _read(rows.filter(language=get_language()).newest()[:most])


def followed(
    viewer: AnyUser,
    *,
    themes: QuerySet[Any, Any],
    of: Iterable[str],
    people: QuerySet[Any, Any],
    written: Iterable[str],
    since: date,
    most: int,
) -> list[Line]:
    """The newest since that day: of the kinds `of` with any of the themes, of the kinds `written` by any of the people
    (querysets of ids). Each thing once, in one query.
    """
    rows = SearchEntry.objects.open_to(viewer).filter(date__gte=since)
    rows = rows.about(themes, list(of)) | rows.filter(kind__in=list(written), author__in=people)
    return _read(rows.once(get_language() or "en").newest()[:most])


def _read(rows: SearchEntryQuerySet) -> list[Line]:
    return [
        Line(row.kind, row.object_id, row.title, row.get_absolute_url(), row.language, row.date)
        for row in rows.only(*_COLUMNS)
    ]
