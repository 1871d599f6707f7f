"""What facilitators do to the others in a space. Each deed holds the space, asks the right once more, finds the
other's row as it is now, is recorded, and told to whom it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from communities import joining
from communities.activity import record
from communities.models import Membership, Record, Space
from communities.roles import Role
from communities.succession import facilitators, hold_for

if TYPE_CHECKING:
    from profiles.models import User


class NotPossible(Exception):  # noqa: N818 -- a state, as the page says it
    """Its text is for whoever tried."""


@transaction.atomic
def change_role(space: Space, public_id: str, role: Role, *, by: User) -> Membership:
    here = hold_for(space, by)
    row = _row(here, public_id)
    if row.role == role:
        return row
    if row.role == Role.FACILITATOR and _is_last(here, row):
        raise NotPossible(_("The space needs a facilitator: name another one first, or hand it over."))
    joining.change_role(row, role, by=by)
    record("own_role_changed", actor=by, space=here, recipients=[row.user])
    return row


@transaction.atomic
def suspend(space: Space, public_id: str, *, by: User, reason: str) -> Membership:
    here = hold_for(space, by)
    row = _row(here, public_id, but=by)
    if row.suspended_at is None:
        joining.suspend(row, by=by, reason=reason)
        _tell("own_suspended_here", row.user, by)
    return row


@transaction.atomic
def lift(space: Space, public_id: str, *, by: User) -> Membership:
    here = hold_for(space, by)
    row = _row(here, public_id, but=by)
    if row.suspended_at is not None:
        joining.lift(row, by=by)
        record("own_reinstated_here", actor=by, space=here, recipients=[row.user])
    return row


@transaction.atomic
def remove(space: Space, public_id: str, *, by: User, reason: str) -> Membership:
    here = hold_for(space, by)
    row = _row(here, public_id, but=by)
    joining.leave(row, by=by, reason=reason)
    _tell("own_removed", row.user, by)
    return row


@transaction.atomic
def hand_over(space: Space, public_id: str, *, by: User, then: Role) -> Membership:
    """Somebody else becomes facilitator and `by` steps back to `then`, in one act."""
    here = hold_for(space, by)
    own = here.memberships.in_force().filter(user=by, role=Role.FACILITATOR).select_related("user").first()
    if own is None:
        raise NotPossible(_("Only a facilitator who belongs to the space can hand it over."))
    heir = _row(here, public_id, but=by)
    if heir.suspended_at or not (heir.user.is_active and heir.user.is_approved):
        raise NotPossible(_("This person cannot take over at the moment."))
    if heir.role != Role.FACILITATOR:
        joining.change_role(heir, Role.FACILITATOR, by=by)
        record("own_role_changed", actor=by, space=here, recipients=[heir.user])
    joining.change_role(own, then, by=by)
    return heir


def _row(here: Space, public_id: str, *, but: User | None = None) -> Membership:
    """Http404 for somebody who is not (or no longer) in the space."""
    row = here.memberships.select_related("user").filter(user__public_id=public_id).first()
    if row is None:
        raise Http404
    if but is not None and row.user_id == but.pk:
        raise NotPossible(_("That is you. To go, leave the space or hand it over."))
    return row


def _is_last(here: Space, row: Membership) -> bool:
    return not [person for person in facilitators(here) if person.pk != row.user_id]


def _tell(kind: str, person: User, by: User) -> None:
    """Without the space, which they may no longer know; the reason is read from the record (`lines.py`)."""
    why = Record.objects.filter(person=person, actor=by).latest("pk")
    record(kind, actor=by, target=why, recipients=[person])
