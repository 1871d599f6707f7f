"""A space keeps a facilitator, or is frozen (access.md, "Roles in a space").

Whatever changes who is in a space holds its row first: of two facilitators who leave at once, the second sees
that the first has left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import timezone

from communities import freshness
from communities.activity import record
from communities.models import Membership, Record, Space
from communities.permissions import Refused, may, rights
from communities.roles import Role

if TYPE_CHECKING:
    from profiles.models import User


def hold(space: Space) -> Space:
    """The space as it is now; nobody else comes in, goes out or changes a role until the transaction ends.

    Writing in the space goes on: no key that its posts point to is held.
    """
    return Space.objects.select_for_update(no_key=True).get(pk=space.pk)


def hold_for(space: Space, by: User, action: str = "manage") -> Space:
    """`hold`, and the right asked once more, of the person and the space as they are now.

    Refuses as the doors of the views do: Http404 to whoever may not know the space (any more), else Refused.
    """
    here, person = hold(space), get_user_model().objects.get(pk=by.pk)
    if not may(person, "know", here):
        raise Http404
    here.rights = rights(person, here)
    for asked in ("read", action):
        if not here.rights.allows(asked):
            raise Refused(asked, here)
    return here


def facilitators(space: Space) -> list[User]:
    return _people(space, Role.FACILITATOR)


def members(space: Space) -> list[User]:
    """Everybody in the space whose membership and account are in force."""
    return _people(space, Role.OBSERVER)


def _people(space: Space, at_least: Role) -> list[User]:
    rows = space.memberships.in_force().filter(role__gte=at_least)
    return [row.user for row in rows.select_related("user").order_by("joined_at", "pk")]


def heir_of(space: Space) -> Membership | None:
    """Who takes over when no facilitator is left: the longest-serving moderator."""
    rows = space.memberships.in_force().filter(role=Role.MODERATOR)
    return rows.select_related("user").order_by("joined_at", "pk").first()


def keep_a_facilitator(space: Space) -> None:
    """The longest-serving moderator takes over; with none, the space is frozen and its members are told."""
    if space.frozen_at or facilitators(space):
        return
    if heir := heir_of(space):
        heir.role = Role.FACILITATOR
        heir.save(update_fields=["role"])
        seen_outside(heir)
        Record.objects.create(verb="inherited", actor=None, space=space, person=heir.user)
        record("own_role_changed", actor=None, space=space, recipients=[heir.user])
        return
    space.frozen_at = timezone.now()
    space.save(update_fields=["frozen_at"])
    freshness.changed()
    Record.objects.create(verb="frozen", actor=None, space=space)
    record("space_frozen", actor=None, space=space, recipients=members(space))


def thaw(space: Space, membership: Membership) -> None:
    if space.frozen_at and membership.role == Role.FACILITATOR:
        space.frozen_at = None
        space.save(update_fields=["frozen_at"])
        freshness.changed()


def seen_outside(membership: Membership) -> None:
    """A public page may name this person or count them."""
    if membership.shown_publicly or membership.space.figures:
        freshness.changed()


def account_ended(user: User) -> None:
    """A suspended or sleeping person facilitates nothing: each of their spaces finds another facilitator."""
    freshness.changed()
    led = Space.objects.filter(memberships__user=user, memberships__role=Role.FACILITATOR)
    for space in led.order_by("pk"):
        keep_a_facilitator(hold(space))


def account_returned(user: User) -> None:
    """The other way round: a space that was frozen for want of a facilitator has this one again."""
    freshness.changed()
    rows = Membership.objects.filter(user=user, role=Role.FACILITATOR, suspended_at__isnull=True)
    for membership in rows.select_related("space").order_by("space"):
        thaw(hold(membership.space), membership)
