"""The folders of a library in one list, for choosing one without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from communities.library.adding import MOST_FOLDERS
from communities.library.models import LibraryItem

INDENT: Final = "\u00a0\u00a0\u00a0"  # an option keeps no ordinary spaces

TOP: Final = "top"  # no public id is as short


@dataclass(frozen=True, slots=True)
class Places:
    choices: list[tuple[str, str]]
    by_id: dict[str, LibraryItem]


def choices_for(item: LibraryItem) -> Places:
    """Where it may lie: any folder of its space but itself and what lies in it. One query."""
    rows = LibraryItem.objects.all_of(item.space).folders().in_order()[: 2 * MOST_FOLDERS]
    below: dict[int | None, list[LibraryItem]] = {}
    for folder in rows:
        if folder.pk != item.pk:
            below.setdefault(folder.parent_id, []).append(folder)
    places = Places([(TOP, _("At the top of the library"))], {})
    _walk(below, None, 1, places)
    return places


def _walk(below: dict[int | None, list[LibraryItem]], parent: int | None, rank: int, places: Places) -> None:
    for folder in below.get(parent, []):
        places.choices.append((folder.public_id, f"{INDENT * rank}{folder.name}"))
        places.by_id[folder.public_id] = folder
        _walk(below, folder.pk, rank + 1, places)
