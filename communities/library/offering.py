"""Offering a file of a library to the editors of the public site: whoever put it there agrees first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.activity import Line, record, register_kind, register_resolver
from communities.library.holding import hold_library, item_now
from communities.library.offers import LibraryOffer
from communities.models import Record
from communities.permissions import may

if TYPE_CHECKING:
    from communities.library.models import LibraryItem
    from communities.permissions import AnyUser
    from profiles.models import User

State = LibraryOffer.State


class NobodyToAsk(Exception):  # noqa: N818 -- a state, as the page says it
    """Whoever put this version there reads here no more, and nobody can agree for them."""


@transaction.atomic
def offer(item: LibraryItem, *, by: User) -> LibraryOffer:
    """Twice is once. One's own file is agreed to by offering it.

    Raises NobodyToAsk, Refused, SwitchedOff, Http404, ItemGone.
    """
    here = hold_library(item.space, by, "manage")
    now = item_now(here, item)
    version = now.current
    author = version.by if version and version.stored_id else None
    if version is None or author is None or not may(author, "read", here):
        raise NobodyToAsk
    row, is_new = LibraryOffer.objects.get_or_create(version=version, defaults={"asked_by": by})
    if not is_new:
        return row
    Record.objects.create(verb="library_offered", actor=by, space=here, person=author)
    if author.pk == by.pk:
        _agreed(row)
    else:
        record("own_offer_asked", actor=by, space=here, target=row, recipients=[author])
    return row


@transaction.atomic
def agree(row: LibraryOffer, *, by: User) -> bool:
    """By whoever put the version there. False when it was withdrawn or agreed to before."""
    hold_library(row.version.item.space, by, "read")
    now = LibraryOffer.objects.for_author(by).filter(pk=row.pk, state=State.ASKED).first()
    if now is None:
        return False
    _agreed(now)
    return True


def _agreed(row: LibraryOffer) -> None:
    row.state, row.agreed_at = State.AGREED, timezone.now()
    row.save(update_fields=["state", "agreed_at"])


@transaction.atomic
def withdraw(row: LibraryOffer, *, by: User) -> bool:
    """By its author, or by those who run the space. False when an editor has it already, or nothing is left."""
    item = row.version.item
    is_own = row.version.by_id == by.pk
    here = hold_library(item.space, by, "read" if is_own else "manage")
    gone, _rows = LibraryOffer.objects.filter(pk=row.pk).exclude(state=State.TAKEN).delete()
    if not gone:
        return False
    Record.objects.create(verb="library_offer_withdrawn", actor=by, space=here, person_id=row.version.by_id)
    asker = row.asked_by
    if is_own and asker is not None and asker.pk != by.pk:
        record("offer_declined", actor=by, space=here, target=item, recipients=[asker])
    return True


def note_taken(row: LibraryOffer, *, by: User) -> None:
    """For the room that takes it, in its transaction: from now on there is a copy, and no way back from here."""
    item = row.version.item
    row.state = State.TAKEN
    row.save(update_fields=["state"])
    Record.objects.create(verb="library_offer_taken", actor=by, space=item.space, person_id=row.version.by_id)
    author = row.version.by
    if author is not None:
        record("own_offer_taken", actor=None, space=item.space, target=row, recipients=[author])


def register() -> None:
    """Mails name neither the space nor the thing."""
    register_kind(
        "own_offer_asked",
        sentence=_("%(actor)s asks whether something of yours may be published"),
        mail=_("Somebody would like to see a file that you put into a library published. You decide."),
    )
    register_kind(
        "own_offer_taken",
        sentence=_("The editors have taken a copy of something of yours for the public site"),
        mail=_("The editors have taken a copy of a file of yours, to publish it on the public site."),
    )
    register_kind(
        "offer_declined",
        sentence=_("%(actor)s does not want something of theirs to be published"),
        mail=_("Somebody answered you about publishing a file of a library."),
        right="manage",
    )
    register_resolver("own_offer_", _own)
    register_resolver("offer_declined", _declined)


def _own(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    if not user.is_authenticated:
        return {}
    rows = LibraryOffer.objects.for_author(user).filter(pk__in=ids)
    lines = {}
    for row in rows.select_related("version__item__space"):
        item = row.version.item
        url = reverse("library:offer_answer", args=[item.space.slug, item.public_id])
        lines[row.pk] = Line(item.name, url, item.language)
    return lines


def _declined(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    from communities.library.models import LibraryItem

    rows = LibraryItem.objects.visible_to(user).filter(pk__in=ids).with_space()
    return {row.pk: Line(row.name, row.get_absolute_url(), row.language) for row in rows}
