"""What whoever was invited does: open the link, accept, decline. They see the space's name and nothing else of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from communities import joining
from communities.invitations.inviting import hashed
from communities.invitations.models import Arrival, Invitation
from communities.models import Membership, Record
from communities.permissions import in_network, may
from communities.succession import hold

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from profiles.models import User

SESSION: Final = "space_invitation"
# What came of an invitation is nobody's business for longer.
KEPT: Final = timedelta(days=90)


class NoLongerOpen(Exception):  # noqa: N818 -- a state, as the page says it
    """Withdrawn, used up or run out; or not for this person."""


def find(token: str) -> Invitation | None:
    """Compared as a hash: a database that was read opens nothing."""
    rows = Invitation.objects.open().filter(token_hash=hashed(token))
    return _standing(rows.select_related("space", "invited_by").first())


def _standing(found: Invitation | None) -> Invitation | None:
    """A link is worth what its maker's right is at this moment: a right with an end says nothing when it ends."""
    if found is None or found.email:
        return found
    maker = found.invited_by
    return found if maker is not None and may(maker, "invite", found.space) else None


def carry(request: HttpRequest, invitation: Invitation) -> None:
    """From its link to the page that asks, so that no later address holds the key."""
    request.session[SESSION] = invitation.public_id


def put_down(request: HttpRequest) -> None:
    request.session.pop(SESSION, None)


def carried(request: HttpRequest) -> Invitation | None:
    """The invitation somebody came with, as long as it is open. No query for whoever came without one."""
    public_id = request.session.get(SESSION)
    if not public_id:
        return None
    rows = Invitation.objects.open().filter(public_id=public_id)
    return _standing(rows.select_related("space", "invited_by").prefetch_related("space__texts").first())


def carried_address(request: HttpRequest) -> Invitation | None:
    """The one that proves an address: its link came by mail."""
    found = carried(request)
    return found if found is not None and found.email else None


def is_for(invitation: Invitation, user: AnyUser) -> bool:
    """A link is for everybody; an address for who signs in with it, whoever the mail was forwarded to.

    Not for somebody whom the facilitators have removed or suspended since.
    """
    if not user.is_authenticated:
        return True
    if invitation.email and invitation.email != (user.email or "").lower():
        return False
    removed = Record.objects.filter(
        verb="removed", space=invitation.space_id, person=user.pk, created_at__gt=invitation.created_at
    )
    suspended = Membership.objects.filter(space=invitation.space_id, user=user.pk, suspended_at__isnull=False)
    return not (removed.exists() or suspended.exists())


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership | None:
    """The membership; None for somebody whose account waits for approval: they come in with it.

    NoLongerOpen: it is over, or for somebody else. Who is in the space already uses nothing up.
    """
    here = hold(invitation.space)
    row = _standing(
        Invitation.objects.open().filter(pk=invitation.pk).select_related("space", "invited_by").first()
    )
    if row is None or not is_for(row, user):
        raise NoLongerOpen
    inside = Membership.objects.filter(space=here, user=user).first()
    if inside is not None:
        return inside
    arrival, is_new = Arrival.objects.get_or_create(invitation=row, user=user)
    if is_new:
        Invitation.objects.filter(pk=row.pk).update(uses=F("uses") + 1)
    return _come_in(arrival, here) if in_network(user) else None


@transaction.atomic
def decline(invitation: Invitation) -> None:
    """One bound to an address; a link that somebody does not want is just left."""
    hold(invitation.space)
    rows = Invitation.objects.standing().filter(pk=invitation.pk).exclude(email="")
    rows.update(declined_at=timezone.now(), token_hash=None)


@transaction.atomic
def arrive(user: User) -> None:
    """For who is approved: into the spaces whose invitations they accepted while they waited."""
    rows = Arrival.objects.filter(user=user, came_in_at=None, invitation__revoked_at=None)
    ready = rows.filter(invitation__space__archived_at=None, invitation__space__frozen_at=None)
    for arrival in ready.select_related("invitation__space").order_by("invitation__space"):
        if is_for(arrival.invitation, user):
            _come_in(arrival, hold(arrival.invitation.space))


def _come_in(arrival: Arrival, here: Space) -> Membership:
    membership = joining.join(here, arrival.user)
    Arrival.objects.filter(pk=arrival.pk).update(came_in_at=timezone.now())
    Record.objects.create(
        verb="came_by_space_invitation", actor=arrival.invitation.invited_by, space=here, person=arrival.user
    )
    return membership


def hidden(space: Space, old_slug: str, old_names: list[str]) -> None:
    """For `communities.hooks.on_hide`: nobody knows who has kept a link. An address was chosen by somebody."""
    space.invitations.links().end()


def suspended(user: User) -> None:
    """For `communities.hooks.on_suspend`."""
    Invitation.objects.links_of(user).end()


def forget_old(now: datetime | None = None) -> str:
    """For `communities.hooks.on_tick`."""
    gone, _per_model = Invitation.objects.over_before((now or timezone.now()) - KEPT).delete()
    return f"{gone} old invitations to spaces forgotten"
