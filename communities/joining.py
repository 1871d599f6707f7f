"""Coming in and going out. Callers have asked `require` before; the verbs keep the space whole.

Leaving erases (house.md, habit 5): what the platform kept for that person about that space goes in the same
transaction. What facilitators do to others asks the right once more, and stands in `roster.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import grants, hooks
from communities.activity import record
from communities.models import Invitation, JoinRequest, Membership, Notification, Record, Space
from communities.roles import Role
from communities.succession import (
    account_ended,
    account_returned,
    facilitators,
    hold,
    hold_for,
    keep_a_facilitator,
    members,
    seen_outside,
    thaw,
)

if TYPE_CHECKING:
    from profiles.models import User

__all__ = [
    "account_ended",
    "account_returned",
    "admit",
    "ask",
    "change_role",
    "come_in",
    "decline",
    "facilitators",
    "join",
    "keep_a_facilitator",
    "leave",
    "lift",
    "may_ask_from",
    "members",
    "suspend",
    "withdraw",
]
State = JoinRequest.State
# After a refusal, before the same person asks the same facilitators again.
PAUSE: Final = timedelta(days=7)
# Requests of one person to one space within a day: asking and withdrawing writes a mail each time.
MOST_A_DAY: Final = 3


@transaction.atomic
def join(space: Space, user: User, *, role: Role = Role.MEMBER) -> Membership:
    """Idempotent: a second call finds the membership and leaves its role alone."""
    here = hold(space)
    membership, created = Membership.objects.get_or_create(space=here, user=user, defaults={"role": role})
    if created:
        JoinRequest.objects.filter(space=here, user=user, state=State.PENDING).update(
            state=State.ADMITTED, decided_at=timezone.now()
        )
        thaw(here, membership)
        seen_outside(membership)
    return membership


@transaction.atomic
def come_in(space: Space, user: User) -> Membership:
    """By oneself, in one click. Twice is once. Raises Refused, Http404: the space may have been closed or hidden since
    the page with the button was shown."""
    here = hold(space)
    if not Membership.objects.filter(space=here, user=user).exists():
        hold_for(here, user, "join")
    return join(here, user)


def ask(
    space: Space,
    user: User,
    text: str,
    *,
    answers: Sequence[tuple[str, str, str]] = (),
    language: str = "",
) -> JoinRequest:
    """One pending request per person and space; asking again gives the one that waits.

    `answers`: (question as it was asked, language of the question, answer).
    """
    fields = {"text": text, "answers": [list(each) for each in answers], "language": language}
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(space=space, user=user, **fields)
            record("join_requested", actor=user, space=space, target=request, recipients=facilitators(space))
    except IntegrityError:
        request = JoinRequest.objects.get(space=space, user=user, state=State.PENDING)
    return request


def withdraw(request: JoinRequest) -> bool:
    """False when it was decided in the meantime."""
    pending = JoinRequest.objects.filter(pk=request.pk, state=State.PENDING)
    return bool(pending.update(state=State.WITHDRAWN, decided_at=timezone.now()))


def may_ask_from(space: Space, user: User) -> datetime | None:
    """When this person may ask (again); None: now. Two queries at most, none of them for who never asked."""
    own = JoinRequest.objects.filter(space=space, user=user).order_by("-pk")[:MOST_A_DAY]
    earlier, now = list(own), timezone.now()
    moments = [now]
    if earlier and earlier[0].state == State.DECLINED:
        moments.append((earlier[0].decided_at or now) + PAUSE)
    if len(earlier) == MOST_A_DAY:
        moments.append(earlier[-1].created_at + timedelta(days=1))
    return max(moments) if max(moments) > now else None


@transaction.atomic
def admit(request: JoinRequest, *, by: User) -> bool:
    """Nothing happens when it was decided before: a late click neither overturns a refusal nor brings back
    somebody who has left since. False then."""
    here = hold_for(request.space, by, "admit")
    if not _decide(request, State.ADMITTED, by=by):
        return False
    join(here, request.user)
    record("own_admitted", actor=by, space=here, recipients=[request.user])
    Record.objects.create(verb="admitted", actor=by, space=here, person=request.user)
    return True


@transaction.atomic
def decline(request: JoinRequest, *, by: User, reason: str = "") -> bool:
    """The person reads the reason."""
    here = hold_for(request.space, by, "admit")
    if not _decide(request, State.DECLINED, by=by, reason=reason):
        return False
    record("own_declined", actor=by, target=request, recipients=[request.user])
    Record.objects.create(verb="declined", actor=by, space=here, person=request.user, reason=reason)
    return True


def _decide(request: JoinRequest, state: str, *, by: User, reason: str = "") -> bool:
    """False when somebody else decided first: a decision is taken once."""
    pending = JoinRequest.objects.filter(pk=request.pk, state=State.PENDING)
    return bool(pending.update(state=state, decided_by=by, decided_at=timezone.now(), reason=reason))


@transaction.atomic
def leave(membership: Membership, *, by: User | None = None, reason: str = "") -> None:
    """Ends a membership: by its holder, or (`by`) removed by somebody else. Harmless a second time."""
    here, user = hold(membership.space), membership.user
    row = Membership.objects.filter(pk=membership.pk).first()
    if row is None:
        return
    seen_outside(row)
    row.delete()
    grants.withdraw(user, here)
    Invitation.objects.links_of(user, here).end()
    Notification.objects.filter(recipient=user, activity__space=here).delete()
    if by is not None:
        Record.objects.create(verb="removed", actor=by, space=here, person=user, reason=reason)
    for function in hooks.leave:
        function(user, here)
    keep_a_facilitator(here)


@transaction.atomic
def suspend(membership: Membership, *, by: User, reason: str = "") -> None:
    here = hold(membership.space)
    membership.suspended_at = timezone.now()
    membership.save(update_fields=["suspended_at"])
    seen_outside(membership)
    Invitation.objects.links_of(membership.user, here).end()
    Record.objects.create(
        verb="suspended_in_space", actor=by, space=here, person=membership.user, reason=reason
    )
    keep_a_facilitator(here)


@transaction.atomic
def lift(membership: Membership, *, by: User) -> None:
    """The suspension ends; the role is the one from before."""
    here = hold(membership.space)
    membership.suspended_at = None
    membership.save(update_fields=["suspended_at"])
    seen_outside(membership)
    Record.objects.create(verb="reinstated_in_space", actor=by, space=here, person=membership.user)
    thaw(here, membership)


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    here = hold(membership.space)
    membership.role = role
    membership.save(update_fields=["role"])
    seen_outside(membership)
    if role < Role.FACILITATOR:
        Invitation.objects.links_of(membership.user, here).end()
    Record.objects.create(verb=f"role_{role.name.lower()}", actor=by, space=here, person=membership.user)
    thaw(here, membership)
    keep_a_facilitator(here)
