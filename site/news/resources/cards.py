"""What the shelf knows of every resource: enough to count, sort and choose, none of the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from news.resources.models import ResourcePage

if TYPE_CHECKING:
    from news.resources.models import ResourceIndexPage

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Card:
    """What the shelf knows of one resource: facet -> values."""

    pk: int
    title: str
    published: datetime
    values: dict[str, frozenset[str]]

    def misses(self, chosen: dict[str, str]) -> list[str]:
        """The facets in which it is something else than what was chosen."""
        return [name for name, value in chosen.items() if value not in self.values[name]]

    @property
    def year(self) -> int:
        return max(map(int, self.values["year"]), default=0)


def cards_of(index: ResourceIndexPage) -> Iterator[Card]:
    """Every resource a visitor finds in this list. Two queries."""
    here, languages = _rows(index)
    themes = _themes_below(index)
    for row in here:
        year = row["year"]
        yield Card(
            pk=row["pk"],
            title=row["title"],
            published=row["first_published_at"] or LONG_AGO,
            values={
                "theme": frozenset(themes[row["pk"]]),
                "country": frozenset([row["country"]] if row["country"] else ()),
                "language": frozenset(languages[row["translation_key"]]),
                "kind": frozenset([row["resource_kind"]]),
                "year": frozenset([str(year)] if year else ()),
            },
        )


FACTS: Final = (
    "pk",
    "title",
    "path",
    "translation_key",
    "alias_of_id",
    "source_language",
    "locale__language_code",
    "document_id",
    "file_language",
    "resource_kind",
    "country",
    "year",
    "first_published_at",
)


def _rows(index: ResourceIndexPage) -> tuple[list[dict[str, Any]], dict[Any, set[str]]]:
    """The rows of this list, and translation key -> the languages in which that resource is to be had.

    Versions in the other trees count for the latter: a French guide may come with an Arabic file there.
    """
    wanted = Q(path__startswith=index.path, depth=index.depth + 1) | Q(alias_of=None)
    rows = ResourcePage.objects.open_to_all().filter(wanted).values(*FACTS)
    here, languages = [], defaultdict(set)
    for row in rows:
        if row["alias_of_id"] is None:
            languages[row["translation_key"]].add(_language_of(row))
        if row["path"].startswith(index.path):
            here.append(row)
    for row in here:
        # Its source may be out of reach; what this row itself offers always counts.
        languages[row["translation_key"]].add(_language_of(row))
    return here, languages


def _language_of(row: dict[str, Any]) -> str:
    """As `ResourcePage.material_language`, from a row."""
    words = row["source_language"] if row["alias_of_id"] else row["locale__language_code"]
    return str((row["document_id"] and row["file_language"]) or words)


def _themes_below(index: ResourceIndexPage) -> dict[int, set[str]]:
    pairs = ResourcePage.themes.through.objects.filter(resourcepage__path__startswith=index.path)
    themes: dict[int, set[str]] = defaultdict(set)
    for pk, slug in pairs.values_list("resourcepage_id", "theme__slug"):
        themes[pk].add(slug)
    return themes
