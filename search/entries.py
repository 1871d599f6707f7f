"""The door for the rooms above: what may be found is handed in as plain data.

    put(Entry(kind="topic", object_id=topic.pk, space_id=space.pk, language="fr", ...))
    drop("topic", topic.pk)

Both belong in the transaction of the deed. An entry exists only while its object is live: binned, hidden by
a moderator or unpublished means `drop`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from search.analyser import ANALYSER_VERSION, storable, terms, title_words

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from search.models import SearchEntry

LONGEST_TITLE: Final = 500  # characters
# The rest of a longer text is not found. PostgreSQL's vector of a row holds 1 MB at most.
LONGEST_BODY: Final = 100_000  # characters

_ANALYSED: Final = ("title_terms", "body_terms", "title_words", "analyser")
_COPIED: Final = ("space", "audience", "language", "title", "body", "author", "date", "url", "work")

Source = Callable[[], Iterable["Entry"]]
_sources: dict[str, Source] = {}
# (reader) -> entries that are not for this one reader, whatever their audience: two people who are apart.
Hiding = Callable[["AnyUser"], Q]
hidings: list[Hiding] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one object says, as every reader of its space or audience may read it.

    `title` and `body` are plain text, no markup. `audience` must be said when there is no space ("network":
    approved members of the network); in a space the space decides. `author` is a person's id, None when the
    name is not for every reader of the entry; the name itself belongs in no text here. `url` is shown as
    given when it begins with a slash; without, it continues the reader's language (`spaces/x/`).
    `themes`: ids; None for a kind that has none. `work` is shared by the translations of one thing.
    Raises ValueError when nobody said who reads it, or `url` leads to another host.
    """

    kind: str
    object_id: int
    space_id: int | None
    language: str
    title: str
    body: str
    url: str
    audience: Literal["everyone", "network"] | None = None
    author: int | None = None
    date: datetime.date | datetime.datetime | None = None
    themes: Collection[int] | None = None
    work: UUID | None = None

    def __post_init__(self) -> None:
        if self.space_id is None and self.audience is None:
            raise ValueError(f"{self.kind} {self.object_id}: in no space, so say who reads it (audience)")
        if self.url.startswith("//") or ":" in self.url.split("/")[0]:
            raise ValueError(f"{self.kind} {self.object_id}: not an address of ours")


def put(*entries: Entry) -> None:
    """Make these found as they are now; an entry of the same object is replaced. One statement, and two more
    for those that have themes."""
    from search.models import SearchEntry

    # One statement must not meet a row twice: of two entries for one object the later counts.
    latest = {(entry.kind, entry.object_id): entry for entry in entries}
    rows = {key: _row(entry) for key, entry in latest.items()}
    # ON CONFLICT, never INSERT OR REPLACE: that would corrupt FTS5's external content.
    SearchEntry.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=[*_COPIED, *_ANALYSED],
    )
    _put_themes({rows[key].pk: entry.themes for key, entry in latest.items() if entry.themes is not None})


def _put_themes(wanted: Mapping[int, Collection[int]]) -> None:
    from search.models import SearchEntry

    if not wanted:
        return
    pairs = SearchEntry.themes.through
    pairs._default_manager.filter(searchentry__in=wanted).delete()
    pairs._default_manager.bulk_create(
        pairs(searchentry_id=entry, theme_id=theme) for entry, themes in wanted.items() for theme in themes
    )


def drop(kind: str, *object_ids: int) -> None:
    """These are found no more. Nothing happens for what is not there."""
    from search.models import SearchEntry

    SearchEntry.objects.filter(kind=kind, object_id__in=object_ids).delete()


def register_source(kind: str, source: Source) -> None:
    """From AppConfig.ready(): `source` yields the entry of every live object, for `manage.py rebuild_search`.

    Raises ValueError when the kind already has another one.
    """
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"two sources for {kind}")


def register_hiding(function: Hiding) -> None:
    """From AppConfig.ready(). The condition may hold subqueries; it is asked of hits alone."""
    hidings.append(function)


def sources() -> Mapping[str, Source]:
    return MappingProxyType(_sources)


def follow_slug(space: Space, old_slug: str, old_names: list[str]) -> None:
    """A hook of communities: a space that was made hidden has a new slug and no redirect from the old one."""
    from search.models import SearchEntry

    moved = Replace(F("url"), Value(f"spaces/{old_slug}/"), Value(f"spaces/{space.slug}/"))
    SearchEntry.objects.filter(space=space).update(url=moved)


def analyse(row: SearchEntry) -> SearchEntry:
    """Fill the columns that are made of the others."""
    row.title_terms = terms(row.title, row.language)
    row.body_terms = terms(row.body, row.language)
    row.title_words = title_words(row.title)
    row.analyser = ANALYSER_VERSION
    return row


def reanalyse(rows: list[SearchEntry]) -> None:
    from search.models import SearchEntry

    SearchEntry.objects.bulk_update(map(analyse, rows), _ANALYSED)


def _row(entry: Entry) -> SearchEntry:
    from search.models import SearchEntry

    row = SearchEntry(
        kind=entry.kind,
        object_id=entry.object_id,
        space_id=entry.space_id,
        # In a space the column says nothing; the narrower word, should the space ever be taken away.
        audience=(entry.audience if entry.space_id is None else None) or "network",
        language=entry.language,
        title=storable(entry.title[:LONGEST_TITLE]),
        body=storable(entry.body[:LONGEST_BODY]),
        author=entry.author,
        date=entry.date,
        url=entry.url,
        work=entry.work,
    )
    return analyse(row)


def saying(words: Iterable[str], without: Mapping[str, Iterable[int]]) -> list[tuple[str, str]]:
    """(title, address) of what everyone may read and says one of `words`; `without` names objects by kind."""
    from search.models import Audience, SearchEntry

    said = Q()
    for word in filter(None, words):
        said |= Q(title__icontains=word) | Q(body__icontains=word)
    if not said:
        return []
    rows = SearchEntry.objects.filter(said, space=None, audience=Audience.EVERYONE).order_by("kind", "pk")
    for kind, ids in without.items():
        rows = rows.exclude(kind=kind, object_id__in=list(ids))
    return [(row.title, row.get_absolute_url()) for row in rows.defer("body", "body_terms")[:50]]
