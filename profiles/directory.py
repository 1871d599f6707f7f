"""The directory: who is found, and what else could be chosen, in one statement over what the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.http import urlencode

from profiles.audiences import Audience, fields_at
from profiles.counting import AVAILABLE, Row, count

if TYPE_CHECKING:
    from django.http import QueryDict

    from profiles.audiences import Circle
    from profiles.models import Organisation, Profile

PER_PAGE: Final = 30
# What a card may show; each only where its reader stands close enough.
ON_CARD: Final = (
    "photo",
    "headline",
    "country",
    "languages",
    "expertise",
    "organisation",
    "available",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. An unknown value is not refused: it just finds nobody."""

    q: str = ""
    theme: str = ""
    country: str = ""
    language: str = ""
    organisation: str = ""
    available: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        asked = cls(*(query.get(name, "").strip()[:60] for name in cls.__dataclass_fields__))
        return replace(asked, country=asked.country.upper())

    def __bool__(self) -> bool:
        return any(self.given.values())

    @property
    def given(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def chosen(self) -> dict[str, str]:
        """Of the facets, that is without the name."""
        return {name: value for name, value in self.given.items() if name != "q"}

    def address(self, **changed: str) -> str:
        """The directory's query with some filters set or ("") taken away; from its first page."""
        return "?" + urlencode(replace(self, **changed).given)


@dataclass(frozen=True, slots=True)
class Card:
    """One person as this reader may see them: `shown` has no key for what is not theirs to read."""

    profile: Profile
    shown: Mapping[str, Any]

    @property
    def language(self) -> str:
        """Of the headline."""
        said = self.shown.get("headline")
        return next((row.language for row in self.profile.texts.all() if said and row.headline == said), "")


@dataclass(frozen=True, slots=True)
class Counted:
    """A value that occurs among those whom the other filters leave, and among how many."""

    value: str
    label: str
    number: int


class Page(Paginator[Card]):
    """Everybody was counted beside the page itself: no query of its own."""

    def __init__(self, cards: list[Card], total: int) -> None:
        self.total = total
        super().__init__(cards, PER_PAGE)

    @cached_property
    def count(self) -> int:
        return self.total


@dataclass(frozen=True, slots=True)
class Found:
    cards: list[Card]
    total: int
    facets: Mapping[str, list[Counted]]

    def page(self, number: int) -> Any:
        """Raises EmptyPage beyond the last one."""
        page = Page(self.cards, self.total).page(number)
        page.object_list = self.cards
        return page


def look(circle: Circle, asked: Filters, number: int = 1) -> Found:
    """That page of those who fit, by name. One statement finds and counts, five fetch what a page shows."""
    from profiles.models import Profile

    near = Profile.objects.visible_to(circle.viewer, circle)
    first = (number - 1) * PER_PAGE
    named = near.named(asked.q) if asked.q else near
    return _found(count(named, asked.chosen, first=first, most=PER_PAGE, facets=True))


def people_of(circle: Circle, organisation: Organisation) -> Found:
    """The first page of those in the directory who show this reader that they work there."""
    from profiles.models import Profile

    near = Profile.objects.visible_to(circle.viewer, circle).filter(organisation=organisation)
    chosen = {"organisation": organisation.public_id}
    return _found(count(near, chosen, first=0, most=PER_PAGE, facets=False))


def _found(rows: list[Row]) -> Found:
    close = {int(row.value): Audience(row.number) for row in rows if row.facet == "person"}
    facets: dict[str, list[Counted]] = {}
    for row in rows:
        if row.facet not in {"person", "total"}:
            facets.setdefault(row.facet, []).append(Counted(row.value, row.label, row.number))
    total = next((row.number for row in rows if row.facet == "total"), 0)
    return Found(_cards(close), total, facets)


def _cards(close: Mapping[int, Audience]) -> list[Card]:
    """Ids that `visible_to` gave a moment ago; closer than they stand nobody reads."""
    from profiles.models import Profile, ProfileText

    if not close:
        return []
    texts = Prefetch("texts", ProfileText.objects.defer("about"))
    people = Profile.objects.filter(pk__in=close).by_name().select_related("user", "photo", "organisation")
    return [
        Card(profile, fields_at(profile.user, close[profile.pk], ON_CARD))
        for profile in people.prefetch_related(texts, "spoken", "expertise__names")
    ]


__all__ = ["AVAILABLE", "PER_PAGE", "Card", "Counted", "EmptyPage", "Filters", "Found", "look"]
