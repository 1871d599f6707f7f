"""What becomes of everything that leads to a person when they leave for good, declared by the room that holds it.

Keys are columns, "app.Model.field": every foreign key to a person, and every column of text that could name one
(an address, a name, a device). `tests/profiles/leaving/test_fates.py` fails for a column that nobody declared.

A reference declared DELETED or UNSET needs no code: `sweep` does it. Columns of text are the room's own business
(`hooks.on_erase`), and so is whatever has bytes on the disk or counters elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps

if TYPE_CHECKING:
    from profiles.models import User


class End(StrEnum):
    DELETED = "deleted"  # the row goes
    UNSET = "unset"  # the row stays, its column is emptied
    KEPT = "kept"  # the column stays: it leads to somebody of whom nothing is known any more
    APART = "apart"  # says nothing of a member of the network


class Fate(NamedTuple):
    """`part`: the part of the export that shows it. `because`: needed where it is kept or in no part."""

    end: End
    part: str = ""
    because: str = ""


fates: dict[str, Fate] = {}


def declare(more: Mapping[str, Fate]) -> None:
    """From AppConfig.ready(). Raises ValueError for a column that another room has declared."""
    if twice := fates.keys() & more.keys():
        raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
    fates.update(more)


def sweep(user: User) -> None:
    """Deletes and empties what was declared so. After the rooms' own functions, in their transaction."""
    for column, fate in fates.items():
        label, _dot, name = column.rpartition(".")
        if fate.end not in (End.DELETED, End.UNSET):
            continue
        model = apps.get_model(label)
        if model._meta.get_field(name).related_model is not type(user):
            continue
        rows = model._base_manager.filter(**{name: user.pk})
        if fate.end == End.DELETED:
            rows.delete()
        else:
            rows.update(**{name: None})
