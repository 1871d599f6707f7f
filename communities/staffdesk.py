"""What staff do: accounts and spaces, never content. Each deed is recorded and told to whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from communities import hooks, joining
from communities.activity import record
from communities.invitations import coming
from communities.models import Membership, Record, Space
from communities.roles import Role

if TYPE_CHECKING:
    from profiles.models import User


def staff() -> list[User]:
    return list(get_user_model().objects.filter(is_staff=True, is_active=True))


@transaction.atomic
def approve(user: User, *, by: User) -> None:
    if user.is_approved or user.is_leaving or user.is_emptied:
        return
    user.is_approved = True
    user.save(update_fields=["is_approved"])
    Record.objects.create(verb="account_approved", actor=by, person=user)
    record("own_account_approved", actor=by, recipients=[user])
    coming.arrive(user)


@transaction.atomic
def refuse(user: User, *, by: User, reason: str = "") -> None:
    """Declines an account that waits: it can no longer be used."""
    if user.is_approved or not user.is_active:
        return
    _shut(user)
    Record.objects.create(verb="account_declined", actor=by, person=user, reason=reason)
    record("own_account_declined", actor=by, recipients=[user])


@transaction.atomic
def suspend(user: User, *, by: User, reason: str) -> None:
    """Takes effect with the next request of every open session: an inactive person is a visitor."""
    if not user.is_active:
        return
    _shut(user)
    Record.objects.create(verb="account_suspended", actor=by, person=user, reason=reason)
    record("own_account_suspended", actor=by, recipients=[user])
    joining.account_ended(user)


def _shut(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])
    for function in hooks.suspend:
        function(user)


@transaction.atomic
def reinstate(user: User, *, by: User, reason: str = "") -> None:
    if user.is_active or user.is_emptied:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    Record.objects.create(verb="account_reinstated", actor=by, person=user, reason=reason)
    record("own_account_reinstated", actor=by, recipients=[user])
    joining.account_returned(user)


@transaction.atomic
def name_facilitator(space: Space, user: User, *, by: User) -> None:
    """Only for a space that has none. A space that has members: one of them; ValueError otherwise."""
    if not space.frozen_at:
        raise ValueError("This space has a facilitator.")
    membership = Membership.objects.filter(space=space, user=user).first()
    if membership is None:
        if space.memberships.exists():
            raise ValueError("Somebody who is in the space already.")
        membership = joining.join(space, user, role=Role.FACILITATOR)
    joining.change_role(membership, Role.FACILITATOR, by=by)
    Record.objects.create(verb="facilitator_named", actor=by, space=space, person=user)
    record("own_role_changed", actor=by, space=space, recipients=[user])
