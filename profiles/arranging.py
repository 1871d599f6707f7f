"""The order of the parts of a page. Until its owner arranges it there are no rows, and the order is the usual.

Each deed names where a part goes ("before that one"), not a step: sent twice, or from two tabs, it ends at
the same place. Verbs run in a transaction that holds the profile's row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from profiles.models import MOST_SECTIONS, Profile, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Section.Kind
# A kind that is added here appears at the end of pages that were arranged before.
USUAL: Final = (Kind.ABOUT, Kind.WORK, Kind.HELP, Kind.CONTACT, Kind.PINS, Kind.SPACES)


def arranged(profile: Profile) -> list[Section]:
    """All parts in the owner's order, hidden ones included; no query after `gather` or `with_page`."""
    rows = list(profile.sections.all())
    there = {row.kind for row in rows}
    missing = [Section(profile=profile, kind=kind) for kind in USUAL if kind not in there]
    return rows + missing


def place(profile: Profile, key: str, before: str) -> None:
    """Puts the part `key` before the part `before`; at the end when that is empty or gone."""
    with transaction.atomic():
        rows = _written(profile)
        moved = _find(rows, key)
        if moved is None or key == before:
            return
        rows.remove(moved)
        goal = _find(rows, before)
        rows.insert(rows.index(goal) if goal else len(rows), moved)
        _number(rows)


def hide(profile: Profile, key: str, hidden: bool) -> None:
    with transaction.atomic():
        row = _find(_written(profile), key)
        if row is not None and row.hidden != hidden:
            row.hidden = hidden
            row.save(update_fields=["hidden"])


def add(section: Section) -> bool:
    """A part of the owner's own, at the end; sent twice it stands there once. False when the page is full."""
    with transaction.atomic():
        rows = _written(section.profile)
        if any(_says(row) == _says(section) for row in rows):
            return True
        if sum(row.is_own for row in rows) >= MOST_SECTIONS:
            return False
        section.position = len(rows)
        section.save()
    return True


def number_of_own(profile: Profile) -> int:
    return sum(section.is_own for section in profile.sections.all())


def _written(profile: Profile) -> list[Section]:
    """The parts as rows, in order: whatever was not written down yet is now."""
    Profile.objects.select_for_update().get(pk=profile.pk)
    fresh = list(Section.objects.filter(profile=profile))
    there = {row.kind for row in fresh}
    for kind in USUAL:
        if kind not in there:
            fresh.append(Section.objects.create(profile=profile, kind=kind, position=len(fresh)))
    _number(fresh)
    return fresh


def _says(row: Section) -> tuple[str, ...]:
    return row.kind, row.title, row.text, row.url, row.language


def _number(rows: Iterable[Section]) -> None:
    """Positions without gaps; only those that changed are written."""
    for number, row in enumerate(rows):
        if row.position != number:
            row.position = number
            row.save(update_fields=["position"])


def _find(rows: Iterable[Section], key: str) -> Section | None:
    return next((row for row in rows if row.key == key), None)
