"""The libraries of spaces, which lie on the floor below: they say what changed (`communities.hooks.on_library`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from communities.library.models import LibraryItem
from communities.markup import plain
from search.entries import Entry, drop, put

if TYPE_CHECKING:
    from communities.library.querysets import LibraryItemQuerySet
    from communities.models import Space

T = TypeVar("T")
KIND: Final = "library"
BATCH: Final = 500


def follow(space: Space, items: Iterable[LibraryItem]) -> None:
    """For `communities.hooks.on_library`."""
    for some in _batches(item.pk for item in items):
        drop(KIND, *some)
        put(*_entries(LibraryItem.objects.filter(pk__in=some)))


def follow_space(space: Space) -> None:
    """For `communities.hooks.on_change`: a library that is switched off is not found."""
    rows = LibraryItem.objects.filter(space=space.pk)
    for some in _batches(rows.values_list("pk", flat=True)):
        drop(KIND, *some)
    for entries in _batches(_entries(rows)):
        put(*entries)


def everything() -> Iterator[Entry]:
    return _entries(LibraryItem.objects.all())


def _entries(rows: LibraryItemQuerySet) -> Iterator[Entry]:
    """Of those that somebody may find: name, description, and what a note says."""
    live = rows.live().filter(space__has_library=True).select_related("space", "current").order_by("pk")
    for item in live.iterator(chunk_size=BATCH):
        text = plain(item.current.rendered) if item.current else ""
        yield Entry(
            kind=KIND,
            object_id=item.pk,
            space_id=item.space_id,
            language=item.language,
            title=item.name,
            body=f"{item.description}\n{text}".strip(),
            author=item.created_by_id,
            date=item.changed_at,
            url=f"spaces/{item.space.slug}/library/{item.public_id}/",
        )


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    left = iter(things)
    while some := list(islice(left, BATCH)):
        yield some
