"""The library's shelf: what was asked for, how many there are of everything else, in three queries.

Everything that facets count is read once and counted here. A shelf of some thousand resources is small; five
grouped queries, each under other filters, would be slower and could not sort by a language's own order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries

from news.resources.asked import FACETS, SORTS, Asked
from news.resources.cards import Card, cards_of
from news.resources.collation import collation_key
from news.resources.kinds import Kind
from themes.models import Theme

if TYPE_CHECKING:
    from news.resources.models import ResourceIndexPage

LABELS: Final = {
    "theme": _("Theme"),
    "country": _("Country"),
    "language": _("Language"),
    "kind": _("Kind"),
    "year": _("Year"),
}
SORT_LABELS: Final = dict(
    zip(
        SORTS,
        (
            pgettext_lazy("order of a list", "Newest first"),
            pgettext_lazy("order of a list", "By title"),
            pgettext_lazy("order of a list", "By year"),
        ),
        strict=True,
    )
)
# A facet with more choices than this shows the most frequent ones, and the others behind "More".
MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """`url` chooses it, or takes the choice back. `lang` of the name where it is not the reader's."""

    value: str
    name: str
    count: int
    chosen: bool
    url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    first: list[Choice]
    more: list[Choice]


@dataclass(frozen=True)
class Shelf:
    """The resources of one list, in one language's tree."""

    index: ResourceIndexPage
    asked: Asked
    themes: dict[str, str]

    @classmethod
    def asked_for(cls, index: ResourceIndexPage, parameters: QueryDict) -> Shelf:
        """Raises Http404 for what nobody can ask for (`Asked.of`), an unknown theme included."""
        themes = {theme.slug: theme.name for theme in Theme.objects.with_names()}
        asked = Asked.of(parameters)
        if asked.theme and asked.theme not in themes:
            raise Http404
        return cls(index, asked, themes)

    @cached_property
    def cards(self) -> list[Card]:
        return list(cards_of(self.index))

    def found(self) -> list[int]:
        """Ids in the order asked for."""
        return [card.pk for card in _sorted(self._hits(), self.asked.sort)]

    def newest(self) -> list[int]:
        return [card.pk for card in _sorted(self._hits(), "")]

    def _hits(self) -> list[Card]:
        chosen = self.asked.chosen()
        return [card for card in self.cards if not card.misses(chosen)]

    # How many, under everything else that is chosen -------------------------------------------------------
    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """What a reader would find by choosing that value beside the other facets' choices."""
        chosen = self.asked.chosen()
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for card in self.cards:
            missed = card.misses(chosen)
            if len(missed) <= 1:
                for name in missed or FACETS:
                    counts[name].update(card.values[name])
        return counts

    @cached_property
    def facets(self) -> list[Facet]:
        facets = (self._facet(name) for name in FACETS)
        return [facet for facet in facets if facet.first]

    def _facet(self, name: str) -> Facet:
        choices = self._choices(name)
        often = sorted(choices, key=lambda one: (not one.chosen, -one.count))[:MANY]
        kept = {one.value for one in (often if name != "year" else choices[:MANY])}
        first = [one for one in choices if one.value in kept or one.chosen]
        return Facet(name, str(LABELS[name]), first, [one for one in choices if one not in first])

    def _choices(self, name: str) -> list[Choice]:
        counts, mine = self.counts[name], getattr(self.asked, name)
        values = {value for value, count in counts.items() if count} | ({mine} if mine else set())
        choices = [self._choice(name, value, counts[value]) for value in values]
        if name == "year":
            return sorted(choices, key=lambda one: one.value, reverse=True)
        return sorted(choices, key=lambda one: collation_key(one.name))

    def _choice(self, name: str, value: str, count: int) -> Choice:
        chosen = getattr(self.asked, name) == value
        url = self.url(**{name: "" if chosen else value})
        return Choice(value, self._name(name, value), count, chosen, url, value if name == "language" else "")

    def _name(self, facet: str, value: str) -> str:
        if facet == "theme":
            return self.themes[value]
        if facet == "country":
            return str(countries.name(value) or value)
        if facet == "language":
            return dict(settings.LANGUAGES).get(value, value)
        return str(Kind(value).label) if facet == "kind" else value

    # Ways on ---------------------------------------------------------------------------------------------
    def url(self, **changes: str) -> str:
        """Relative to the list: "?…", or the list itself."""
        return self.asked.query(**changes) or "./"

    @property
    def chosen(self) -> list[tuple[str, Choice]]:
        """(label of the facet, its choice) for everything chosen."""
        return [
            (str(LABELS[name]), self._choice(name, value, self.counts[name][value]))
            for name, value in self.asked.chosen().items()
        ]

    @property
    def all_url(self) -> str:
        return self.asked.without_facets() or "./"

    @property
    def feed_query(self) -> str:
        return self.asked.query(sort="")

    @property
    def sorts(self) -> list[Choice]:
        now = self.asked.sort or SORTS[0]
        return [
            Choice(name, str(label), 0, name == now, self.url(sort="" if name == SORTS[0] else name))
            for name, label in SORT_LABELS.items()
        ]

    @property
    def ways_on(self) -> list[tuple[str, Choice]]:
        """When nothing is found: the choices whose taking back leads to something."""
        return [
            (label, choice)
            for (label, choice), name in zip(self.chosen, self.asked.chosen(), strict=True)
            if self.counts[name].total()
        ]


def _sorted(cards: Iterable[Card], sort: str) -> list[Card]:
    newest = sorted(cards, key=lambda card: (card.published, card.pk), reverse=True)
    if sort == "title":
        return sorted(newest, key=lambda card: collation_key(card.title))
    if sort == "year":
        return sorted(newest, key=lambda card: -card.year)
    return newest
