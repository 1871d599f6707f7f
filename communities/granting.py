"""Giving one person a right on one space, with an end, and taking it back. The right to do so is asked once more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities import grants, hooks
from communities.activity import record
from communities.models import Grant, Invitation, Membership, Notification, Record, Space
from communities.permissions import may
from communities.succession import hold, hold_for

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def give(space: Space, person: User, right: str, *, until: datetime, by: User, reason: str) -> Grant:
    """`right` is a key of grants.GRANTS. Given again, its end moves. Raises KeyError, ValueError for an end that
    lies behind us, Refused, Http404."""
    if until <= timezone.now():
        raise ValueError("a right that has ended already")
    space = hold_for(space, by)
    grant = grants.give(person, right, space, until=until, by=by)
    Record.objects.create(verb=f"given_{right}", actor=by, space=space, person=person, reason=reason)
    record("own_right_given", actor=by, space=space, recipients=[person])
    return grant


@transaction.atomic
def withdraw(grant: Grant, *, by: User, reason: str = "") -> bool:
    """False when it was gone already. Takes effect with the person's next request. Raises Refused, Http404."""
    space, person = hold_for(grant.content_object, by), grant.user
    if not Grant.objects.filter(pk=grant.pk).delete()[0]:
        return False
    Record.objects.create(verb="right_withdrawn", actor=by, space=space, person=person, reason=reason)
    record("own_right_ended", actor=by, recipients=[person])
    _forget(person, space)
    return True


def _forget(person: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5), and so does losing the only right one had there. A link of invitation ends
    with the right to invite."""
    if not may(person, "invite", space):
        Invitation.objects.links_of(person, space).end()
    others = Grant.objects.in_force().filter(user=person, content_object=space)
    if others.exists() or Membership.objects.filter(space=space, user=person).exists():
        return
    Notification.objects.filter(recipient=person, activity__space=space).delete()
    for function in hooks.leave:
        function(person, space)


def tick() -> str:
    """Rights whose end has come gave nothing any more; now their rows go, with all that was kept for them."""
    over = Grant.objects.filter(expires_at__lte=timezone.now()).select_related("user", "content_object")
    return f"rights ended: {sum(_end(grant) for grant in over[:1000])}"


@transaction.atomic
def _end(grant: Grant) -> bool:
    hold(grant.content_object)
    gone = Grant.objects.filter(pk=grant.pk, expires_at__lte=timezone.now()).delete()[0]
    if gone:
        _forget(grant.user, grant.content_object)
    return bool(gone)
