"""The directory's filters: plain links over what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_countries import countries

from profiles.languages import SPOKEN
from themes.models import Theme

if TYPE_CHECKING:
    from django.http import QueryDict

    from profiles.querysets import ProfileQuerySet


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    current: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. An unknown value is not refused: it just finds nobody."""

    q: str = ""
    theme: str = ""
    country: str = ""
    language: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        return cls(*(query.get(name, "").strip()[:60] for name in ("q", "theme", "country", "language")))

    def __bool__(self) -> bool:
        return any((self.q, self.theme, self.country, self.language))

    def apply(self, people: ProfileQuerySet) -> ProfileQuerySet:
        if self.q:
            people = people.named(self.q)
        if self.theme:
            people = people.showing("expertise").filter(expertise__slug=self.theme)
        if self.country:
            people = people.showing("country").filter(country=self.country.upper())
        if self.language:
            people = people.showing("languages").filter(spoken__code=self.language)
        return people


def choices(people: ProfileQuerySet, chosen: Filters) -> dict[str, list[Choice]]:
    """The values that occur among `people`: four queries, whatever their number."""
    return {
        "theme": _themes(people, chosen.theme),
        "country": _countries(people, chosen.country),
        "language": _languages(people, chosen.language),
    }


def _themes(people: ProfileQuerySet, chosen: str) -> list[Choice]:
    used = Theme.objects.with_names().filter(
        pk__in=people.showing("expertise").order_by().values("expertise")
    )
    return [Choice(theme.slug, theme.name, theme.slug == chosen) for theme in used]


def _countries(people: ProfileQuerySet, chosen: str) -> list[Choice]:
    codes = (
        people.showing("country").exclude(country="").order_by().values_list("country", flat=True).distinct()
    )
    named = [Choice(code, str(countries.name(code)), code == chosen.upper()) for code in codes]
    return sorted(named, key=lambda choice: choice.label)


def _languages(people: ProfileQuerySet, chosen: str) -> list[Choice]:
    spoken = set(people.showing("languages").order_by().values_list("spoken__code", flat=True).distinct())
    return [Choice(code, name, code == chosen, code) for code, name in SPOKEN.items() if code in spoken]
