"""The directory's filters as a page draws them: plain links, each with how many people it would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django_countries import countries

from profiles.directory import AVAILABLE
from profiles.languages import SPOKEN

if TYPE_CHECKING:
    from profiles.directory import Filters, Found

# Of each facet; the rest of a long one is folded.
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    number: int = 0
    current: bool = False
    language: str = ""
    # Of a chosen one: the facet, in words.
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    label: str
    first: list[Choice]
    more: list[Choice]


def choices(found: Found, asked: Filters) -> list[Facet]:
    """Facets that have anything to choose. Most people first; languages and themes as they are called."""
    return [
        Facet(label, rows[:SHOWN], rows[SHOWN:])
        for name, label in _labels().items()
        if (rows := _choices(name, found, asked))
    ]


def chosen(found: Found, asked: Filters) -> list[Choice]:
    """What was chosen, each with the address that takes it away."""
    return [
        Choice(
            _label(name, value, found), asked.address(**{name: ""}), facet=label, language=_lang(name, value)
        )
        for name, label in _labels().items()
        if (value := asked.chosen.get(name))
    ]


def _labels() -> dict[str, str]:
    return {
        "available": _("Availability"),
        "theme": _("Themes"),
        "country": _("Countries"),
        "language": _("Languages"),
        "organisation": _("Organisations"),
    }


def _choices(name: str, found: Found, asked: Filters) -> list[Choice]:
    now = asked.chosen.get(name)
    rows = [
        Choice(
            label=_label(name, counted.value, found),
            url=asked.address(**{name: "" if counted.value == now else counted.value}),
            number=counted.number,
            current=counted.value == now,
            language=_lang(name, counted.value),
        )
        for counted in found.facets.get(name, [])
        if counted.number
    ]
    return sorted(rows, key=lambda row: (not row.current, -row.number, row.label))


def _label(name: str, value: str, found: Found) -> str:
    """For a value that nobody has, what was typed: whether it exists at all is not said."""
    if name == "available":
        return _("Available to help") if value == AVAILABLE else value
    if name == "country":
        return str(countries.name(value)) or value
    if name == "language":
        return SPOKEN.get(value, value)
    return next((row.label for row in found.facets.get(name, []) if row.value == value), value)


def _lang(name: str, value: str) -> str:
    return value if name == "language" and value in SPOKEN else ""
