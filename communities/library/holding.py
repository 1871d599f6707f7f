"""What every verb of the library begins with: the space held, the right asked once more, things as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404

from communities import hooks
from communities.library.models import LibraryItem
from communities.models import Record
from communities.permissions import SwitchedOff
from communities.succession import hold_for

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User


class ItemGone(Http404):
    """Somebody put it into the bin meanwhile. Where nobody catches it, it is not there: the ordinary 404."""


def hold_library(space: Space, by: User, action: str) -> Space:
    """Nobody else writes in this library until the transaction ends. Raises Refused, SwitchedOff, Http404."""
    here = hold_for(space, by, action)
    if not here.has_library:
        if here.rights.allows("manage"):
            raise SwitchedOff(here)
        raise Http404
    return here


def item_now(here: Space, item: LibraryItem) -> LibraryItem:
    """As it is now, with the way to it. Raises ItemGone."""
    found = LibraryItem.objects.all_of(here).with_page().filter(pk=item.pk).first()
    if found is None:
        raise ItemGone
    found.space = here
    return found


def folder_now(here: Space, folder: LibraryItem | None) -> LibraryItem | None:
    """None is the top of the library, which never goes. Raises ItemGone."""
    return item_now(here, folder) if folder is not None else None


def follow(here: Space, items: Iterable[LibraryItem]) -> None:
    """In the transaction of the deed."""
    rows = list(items)
    for heard in hooks.library:
        heard(here, rows)


def note_deed(verb: str, item: LibraryItem, by: User, reason: str = "") -> None:
    """What somebody did to another's thing, because they moderate, stands in the record."""
    if not item.is_of(by):
        Record.objects.create(
            verb=verb, actor=by, space=item.space, person_id=item.created_by_id, reason=reason
        )
