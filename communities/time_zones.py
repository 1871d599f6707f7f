"""The time zones a person chooses from, and how a zone is called in words."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The regions of the tz database; its other names are old spellings and technical zones.
REGIONS: Final = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


@cache
def known() -> frozenset[str]:
    return frozenset(
        name for name in zoneinfo.available_timezones() if name == "UTC" or name.partition("/")[0] in REGIONS
    )


@cache
def accepted() -> frozenset[str]:
    """Every name of the tz database: browsers also send old spellings."""
    return frozenset(zoneinfo.available_timezones())


@cache
def choices() -> list[tuple[str | _StrPromise, list[tuple[str, str]]]]:
    """For a select: the places of each region, and UTC."""
    names = sorted(known() - {"UTC"})
    grouped: list[tuple[str | _StrPromise, list[tuple[str, str]]]] = [
        (title, [(name, place(name)) for name in names if name.startswith(f"{region}/")])
        for region, title in REGIONS.items()
    ]
    return [("UTC", [("UTC", "UTC")]), *grouped]


def place(name: str) -> str:
    """`Africa/Porto-Novo` -> Porto-Novo; `America/Argentina/Salta` -> Salta."""
    return name.rpartition("/")[2].replace("_", " ")
