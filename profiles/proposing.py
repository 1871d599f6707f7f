"""Naming an organisation that is not in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.models import Organisation
from search.analyser import title_words

if TYPE_CHECKING:
    from profiles.models import User


def organisation_named(name: str, *, by: User) -> Organisation:
    """The one there is, whatever its accents; else a new one, which waits for staff.

    One that somebody else proposed counts as well: it says no more than the name that was typed.
    """
    folded = title_words(name)[:240]
    known = Organisation.objects.filter(name_folded=folded) if folded else Organisation.objects.none()
    there = known.order_by("approved_at", "pk").exclude(approved_at=None).first() or known.first()
    return there or Organisation.objects.create(name=name.strip(), name_folded=folded, proposed_by=by)
