"""Letting another space read something of one's library, and ending that. What a share gives: `shares.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.activity import Line, record, register_kind, register_resolver
from communities.library.holding import hold_library, item_now
from communities.library.models import LibraryItem
from communities.library.shares import LibraryShare
from communities.models import Record, Space
from communities.permissions import require

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from communities.querysets import SpaceQuerySet
    from profiles.models import User


class AudienceChanged(Exception):  # noqa: N818 -- a state, as the page says it
    """Other people read that space than those whom the page named."""


class NotShareable(Exception):  # noqa: N818 -- a state, as the page says it
    """A folder, or a space of which that person is no author."""


def targets_for(item: LibraryItem, user: User) -> SpaceQuerySet:
    """Spaces where the person may put things into the library themselves, this one and those that have it left out."""
    rows = Space.objects.allowing(user, "upload").offering("library").exclude(pk=item.space_id)
    return rows.exclude(library_shares__item=item.pk).with_texts().order_by("pk")


@transaction.atomic
def share(item: LibraryItem, target: Space, *, seen: str, by: User) -> LibraryShare:
    """`seen`: the visibility of the other space as the page showed it. Twice is once.

    Raises AudienceChanged, NotShareable, Refused, SwitchedOff, Http404, ItemGone.
    """
    here = hold_library(item.space, by, "manage")
    now = item_now(here, item)
    there = Space.objects.get(pk=target.pk)
    require(by, "upload", there)
    if now.is_folder or not there.has_library or there.pk == here.pk:
        raise NotShareable
    if there.visibility != seen:
        raise AudienceChanged
    row, is_new = LibraryShare.objects.get_or_create(item=now, space=there, defaults={"seen": seen, "by": by})
    if not is_new:
        return row
    owner = now.created_by
    Record.objects.create(verb="library_shared", actor=by, space=here, person=owner)
    Record.objects.create(verb="library_received", actor=by, space=there)
    record("shared_added", actor=by, space=there, target=row)
    if owner is not None:
        record("own_thing_shared", actor=by, space=here, target=now, recipients=[owner])
    return row


@transaction.atomic
def end(row: LibraryShare, *, by: User) -> None:
    """By those who run the space of the thing. Twice is once. Raises Refused, SwitchedOff, Http404."""
    hold_library(row.item.space, by, "manage")
    if LibraryShare.objects.filter(pk=row.pk).delete()[0]:
        Record.objects.create(
            verb="library_share_ended", actor=by, space=row.item.space, person_id=row.item.created_by_id
        )


@transaction.atomic
def take_out(row: LibraryShare, *, by: User) -> None:
    """By those who moderate the space that reads it. Raises Refused, SwitchedOff, Http404."""
    here = hold_library(row.space, by, "moderate")
    if LibraryShare.objects.filter(pk=row.pk).delete()[0]:
        Record.objects.create(verb="library_share_refused", actor=by, space=here)


def register() -> None:
    """Mails name neither the spaces nor the thing."""
    register_kind(
        "shared_added",
        sentence=_("%(actor)s shared something from another library"),
        mail=_("There is something new in the library of one of your spaces."),
        is_news=True,
    )
    register_kind(
        "own_thing_shared",
        sentence=_("%(actor)s shared something of yours with another space"),
        mail=_("Something that you put into a library is now read in another space as well."),
    )
    register_resolver("shared_", _shared)
    register_resolver("own_thing_", _own)


def _shared(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = LibraryShare.objects.visible_to(user).filter(pk__in=ids).select_related("item", "space")
    return {row.pk: Line(row.item.name, row.get_absolute_url(), row.item.language) for row in rows}


def _own(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = LibraryItem.objects.visible_to(user).filter(pk__in=ids).with_space()
    return {row.pk: Line(row.name, row.get_absolute_url(), row.language) for row in rows}
