"""What facilitators do: invite by address, one or a list, or by a link; send again; withdraw.

Whoever invites learns of an address only whether it belongs to a member of this space: the mail goes to every other
one, and what it says is the same whether there is an account or not.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from communities.invitations.lists import Entry
from communities.invitations.models import Invitation
from communities.invitations.words import OUTCOMES
from communities.models import Membership, Record, Space
from communities.succession import hold_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from profiles.models import User

LIFE: Final = timedelta(days=14)
# A second tap, or a colleague at the same list, sends no second mail; and nobody gets more than so many.
PAUSE: Final = timedelta(minutes=2)
MOST_SENDS: Final = 5
# Somebody who said no is left in peace.
PEACE: Final = timedelta(days=30)
# Mails within 24 hours: of a space, and of one person in all spaces.
MOST_A_DAY: Final = 500
MOST_LINKS: Final = 20
DAY: Final = timedelta(days=1)
Post = Invitation.Post


class TooMany(Exception):  # noqa: N818 -- a state, as the page says it
    """The limit of a day, or of links that are open."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the report; `code` is a key of OUTCOMES."""

    said: str
    code: str

    @property
    def words(self) -> _StrPromise:
        return OUTCOMES[self.code]


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(space: Space, entries: Iterable[Entry], *, language: str, by: User) -> list[Outcome]:
    """One outcome for each entry, in their order. Mails leave after the commit."""
    here = hold_for(space, by, "invite")
    rows = list(entries)
    emails = {row.email for row in rows if row.email}
    decided = _decided(here, emails)
    left = _left(here, by)
    report: list[Outcome] = []
    chosen: list[str] = []
    for row in rows:
        code = decided.get(row.email, "") if row.email else "no address"
        if not code:
            code = "sent" if len(chosen) < left else "too many"
            if code == "sent":
                chosen.append(row.email)
                decided[row.email] = "twice"
        report.append(Outcome(row.said, code))
    if chosen:
        _make(here, chosen, language=language, by=by)
    return report


def _decided(here: Space, emails: set[str]) -> dict[str, str]:
    """email -> why no mail goes there. Two queries, whatever the length of the list."""
    known: dict[str, str] = {}
    now = timezone.now()
    for row in here.invitations.filter(email__in=emails).order_by("pk"):
        if row.declined_at and row.declined_at > now - PEACE:
            known[row.email] = "declined"
        elif row.is_standing and row.expires_at > now:
            known[row.email] = "invited"
    inside = Membership.objects.filter(space=here, user__email__in=emails)
    return known | {email: "member" for email in inside.values_list("user__email", flat=True) if email}


def _make(here: Space, emails: list[str], *, language: str, by: User) -> None:
    now = timezone.now()
    # What ran out makes way for the new one.
    here.invitations.standing().filter(email__in=emails).update(revoked_at=now, token_hash=None)
    Invitation.objects.bulk_create(
        Invitation(
            space=here,
            email=email,
            language=language,
            invited_by=by,
            post=Post.WAITING,
            sends=1,
            asked_at=now,
            expires_at=now + LIFE,
        )
        for email in emails
    )
    Record.objects.create(verb="invited_to_space", actor=by, space=here)
    _post_after_commit(here)


def _left(here: Space, by: User) -> int:
    """How many mails may still leave today."""
    today = Invitation.objects.filter(asked_at__gt=timezone.now() - DAY)
    used = max(today.filter(space=here).count(), today.filter(invited_by=by).count())
    return max(MOST_A_DAY - used, 0)


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> bool:
    """A fresh key for fourteen days; the one before no longer works. False: one has just left, or too many have."""
    here, now = hold_for(invitation.space, by, "invite"), timezone.now()
    rows = here.invitations.standing().exclude(email="").filter(pk=invitation.pk, sends__lt=MOST_SENDS)
    if _left(here, by) < 1:
        raise TooMany
    row = rows.exclude(asked_at__gt=now - PAUSE).first()
    if row is None:
        return False
    row.post, row.sends, row.asked_at, row.expires_at = Post.WAITING, row.sends + 1, now, now + LIFE
    row.save(update_fields=["post", "sends", "asked_at", "expires_at"])
    _post_after_commit(here)
    return True


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> bool:
    here = hold_for(invitation.space, by, "invite")
    is_done = bool(here.invitations.filter(pk=invitation.pk).end())
    if is_done:
        Record.objects.create(verb="space_invitation_withdrawn", actor=by, space=here)
    return is_done


@transaction.atomic
def make_link(space: Space, *, uses: int, days: int, language: str, by: User) -> tuple[Invitation, str]:
    """The invitation and its key, which is said this once. TooMany: so many are open already."""
    here = hold_for(space, by, "invite")
    if here.invitations.links().open().count() >= MOST_LINKS:
        raise TooMany
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        space=here,
        language=language,
        invited_by=by,
        token_hash=hashed(token),
        most_uses=uses,
        expires_at=timezone.now() + timedelta(days=days),
    )
    Record.objects.create(verb="space_link_made", actor=by, space=here)
    return invitation, token


def _post_after_commit(here: Space) -> None:
    from communities.invitations.posting import post_of_space

    transaction.on_commit(partial(post_of_space.enqueue, here.pk))
