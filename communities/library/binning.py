"""The bin: 30 days for second thoughts, then the bytes go too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from communities.library.holding import ItemGone, follow, hold_library, item_now, note_deed
from communities.library.models import LibraryItem
from communities.permissions import Refused
from files import store
from files.models import StoredFile

if TYPE_CHECKING:
    from communities.library.querysets import LibraryItemQuerySet
    from communities.models import Space
    from communities.permissions import Rights
    from profiles.models import User

KEPT: Final = timedelta(days=30)
# Of one run: the next one goes on.
MOST_AT_ONCE: Final = 200


class NotAllYours(Exception):  # noqa: N818 -- a state, as the page says it
    """In this folder lies something of somebody else: that is for moderators."""


@transaction.atomic
def throw_away(item: LibraryItem, *, by: User, reason: str = "") -> LibraryItem:
    """Into the bin, a folder with all that lies in it. Raises NotAllYours, Refused, SwitchedOff, Http404, ItemGone."""
    here = hold_library(item.space, by, "remove")
    now = item_now(here, item)
    if not now.may_be_removed_by(by, here.rights):
        raise Refused("remove", here)
    within = _within(here, now)
    if not here.rights.allows("moderate") and any(each.created_by_id != by.pk for each in within):
        raise NotAllYours
    at = timezone.now()
    rows = LibraryItem.objects.filter(space=here)
    rows.filter(pk__in=[each.pk for each in within]).update(removed_at=at, removed_by=by, removed_with=now)
    rows.filter(pk=now.pk).update(removed_at=at, removed_by=by, removed_with=None)
    now.removed_at = at
    note_deed("library_removed", now, by, reason)
    follow(here, LibraryItem.objects.filter(pk__in=[now.pk, *(each.pk for each in within)]))
    return now


def _within(here: Space, folder: LibraryItem) -> list[LibraryItem]:
    """All that lies in it, at any depth. One query for each rank."""
    found: list[LibraryItem] = []
    level = [folder.pk] if folder.is_folder else []
    while level:
        rows = list(LibraryItem.objects.all_of(here).filter(parent__in=level).only("kind", "created_by"))
        found += rows
        level = [row.pk for row in rows if row.is_folder]
    return found


def in_bin(space: Space, user: User, rights: Rights) -> LibraryItemQuerySet:
    """What this person may bring back: their own; everything for who moderates."""
    rows = LibraryItem.objects.binned_in(space).binned_after(timezone.now() - KEPT)
    return rows if rights.allows("moderate") else rows.filter(created_by=user.pk)


@transaction.atomic
def restore(item: LibraryItem, *, by: User) -> LibraryItem:
    """Where it was; to the top where its folder is gone. Raises Refused, SwitchedOff, Http404, ItemGone."""
    here = hold_library(item.space, by, "remove")
    now = LibraryItem.objects.binned_in(here).select_related("parent").filter(pk=item.pk).first()
    if now is None:
        raise ItemGone
    now.space = here
    if not now.may_be_removed_by(by, here.rights):
        raise Refused("remove", here)
    if now.parent is not None and now.parent.removed_at:
        now.parent = None
    now.removed_at = now.removed_by = None
    now.save(update_fields=["parent", "removed_at", "removed_by"])
    along = list(LibraryItem.objects.filter(removed_with=now.pk).values_list("pk", flat=True))
    LibraryItem.objects.filter(pk__in=along).update(removed_at=None, removed_by=None, removed_with=None)
    note_deed("library_restored", now, by)
    follow(here, LibraryItem.objects.filter(pk__in=[now.pk, *along]))
    return now


def empty_old(now: datetime | None = None) -> str:
    """For `communities.hooks.on_tick`."""
    rows = LibraryItem.objects.binned_before((now or timezone.now()) - KEPT).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in ids:
        with transaction.atomic():
            discard(LibraryItem.objects.filter(pk=pk))
    return f"{len(ids)} things of libraries discarded from the bin"


def discard(items: LibraryItemQuerySet) -> None:
    """For good, the bytes with them. In the caller's transaction."""
    ids = list(items.values_list("pk", flat=True))
    for stored in list(StoredFile.objects.filter(library_version__item__in=ids)):
        store.discard(stored)
    LibraryItem.objects.filter(pk__in=ids).delete()
