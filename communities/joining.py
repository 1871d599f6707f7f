"""Coming in and going out. Callers have asked `require` before; the verbs keep the space whole.

Leaving erases (house.md, habit 5): what the platform kept for that person about that space goes in the same
transaction. A space keeps a facilitator, or is frozen (access.md, "Roles in a space").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import freshness, grants, hooks
from communities.activity import record
from communities.models import JoinRequest, Membership, Notification, Record, Space
from communities.roles import Role

if TYPE_CHECKING:
    from profiles.models import User

State = JoinRequest.State


@transaction.atomic
def join(space: Space, user: User, *, role: Role = Role.MEMBER) -> Membership:
    """Idempotent: a second call finds the membership and leaves its role alone."""
    membership, created = Membership.objects.get_or_create(space=space, user=user, defaults={"role": role})
    if created:
        JoinRequest.objects.filter(space=space, user=user, state=State.PENDING).update(
            state=State.ADMITTED, decided_at=timezone.now()
        )
        _thaw(space, membership)
        _seen_outside(membership)
    return membership


def _seen_outside(membership: Membership) -> None:
    """A public page may name this person or count them."""
    if membership.shown_publicly or membership.space.figures:
        freshness.changed()


def ask(space: Space, user: User, text: str) -> JoinRequest:
    """One pending request per person and space; asking again gives the one that waits."""
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(space=space, user=user, text=text)
            record("join_requested", actor=user, space=space, target=request, recipients=facilitators(space))
    except IntegrityError:
        request = JoinRequest.objects.get(space=space, user=user, state=State.PENDING)
    return request


@transaction.atomic
def admit(request: JoinRequest, *, by: User) -> None:
    """Nothing happens when it was decided before: a late click neither overturns a refusal nor brings back
    somebody who has left since."""
    if _decide(request, State.ADMITTED, by=by):
        join(request.space, request.user)
        record("own_admitted", actor=by, space=request.space, recipients=[request.user])
        Record.objects.create(verb="admitted", actor=by, space=request.space, person=request.user)


@transaction.atomic
def decline(request: JoinRequest, *, by: User, reason: str = "") -> None:
    if _decide(request, State.DECLINED, by=by, reason=reason):
        record("own_declined", actor=by, recipients=[request.user])
        Record.objects.create(
            verb="declined", actor=by, space=request.space, person=request.user, reason=reason
        )


def _decide(request: JoinRequest, state: str, *, by: User, reason: str = "") -> bool:
    """False when somebody else decided first: a decision is taken once."""
    pending = JoinRequest.objects.filter(pk=request.pk, state=State.PENDING)
    return bool(pending.update(state=state, decided_by=by, decided_at=timezone.now(), reason=reason))


@transaction.atomic
def leave(membership: Membership, *, by: User | None = None, reason: str = "") -> None:
    """Ends a membership: by its holder, or (`by`) removed by somebody else."""
    space, user = membership.space, membership.user
    _seen_outside(membership)
    membership.delete()
    grants.withdraw(user, space)
    Notification.objects.filter(recipient=user, activity__space=space).delete()
    if by is not None:
        Record.objects.create(verb="removed", actor=by, space=space, person=user, reason=reason)
    for function in hooks.leave:
        function(user, space)
    keep_a_facilitator(space)


@transaction.atomic
def suspend(membership: Membership, *, by: User, reason: str = "") -> None:
    membership.suspended_at = timezone.now()
    membership.save(update_fields=["suspended_at"])
    _seen_outside(membership)
    Record.objects.create(
        verb="suspended_in_space", actor=by, space=membership.space, person=membership.user, reason=reason
    )
    keep_a_facilitator(membership.space)


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    membership.role = role
    membership.save(update_fields=["role"])
    _seen_outside(membership)
    Record.objects.create(
        verb=f"role_{role.name.lower()}", actor=by, space=membership.space, person=membership.user
    )
    _thaw(membership.space, membership)
    keep_a_facilitator(membership.space)


def facilitators(space: Space) -> list[User]:
    return _people(space, Role.FACILITATOR)


def members(space: Space) -> list[User]:
    """Everybody in the space whose membership and account are in force."""
    return _people(space, Role.OBSERVER)


def _people(space: Space, at_least: Role) -> list[User]:
    rows = Membership.objects.filter(
        space=space,
        role__gte=at_least,
        suspended_at__isnull=True,
        user__is_active=True,
        user__is_approved=True,
    )
    return [row.user for row in rows.select_related("user").order_by("joined_at", "pk")]


def keep_a_facilitator(space: Space) -> None:
    """The longest-serving moderator takes over; with none, the space is frozen and its members are told."""
    if space.frozen_at or facilitators(space):
        return
    heirs = Membership.objects.filter(
        space=space,
        role=Role.MODERATOR,
        suspended_at__isnull=True,
        user__is_active=True,
        user__is_approved=True,
    ).order_by("joined_at", "pk")
    if heir := heirs.first():
        heir.role = Role.FACILITATOR
        heir.save(update_fields=["role"])
        _seen_outside(heir)
        Record.objects.create(verb="inherited", actor=None, space=space, person=heir.user)
        record("own_role_changed", actor=None, space=space, recipients=[heir.user])
        return
    space.frozen_at = timezone.now()
    space.save(update_fields=["frozen_at"])
    freshness.changed()
    Record.objects.create(verb="frozen", actor=None, space=space)
    record("space_frozen", actor=None, space=space, recipients=members(space))


def _thaw(space: Space, membership: Membership) -> None:
    if space.frozen_at and membership.role == Role.FACILITATOR:
        space.frozen_at = None
        space.save(update_fields=["frozen_at"])
        freshness.changed()


def account_ended(user: User) -> None:
    """A suspended or sleeping person facilitates nothing: each of their spaces finds another facilitator."""
    freshness.changed()
    for space in Space.objects.filter(memberships__user=user, memberships__role=Role.FACILITATOR):
        keep_a_facilitator(space)


def account_returned(user: User) -> None:
    """The other way round: a space that was frozen for want of a facilitator has this one again."""
    freshness.changed()
    rows = Membership.objects.filter(user=user, role=Role.FACILITATOR, suspended_at__isnull=True)
    for membership in rows.select_related("space"):
        _thaw(membership.space, membership)
