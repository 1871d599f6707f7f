"""Mails of invitations: a key is made for each when it leaves. Neutral: no space, no name, nobody who invited."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Final

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from communities.invitations.inviting import hashed
from communities.invitations.models import Invitation
from communities.notifications.mail import write

if TYPE_CHECKING:
    from profiles.models import User

log = logging.getLogger(__name__)
# Mails of one sweep; the next tick takes the rest.
SWEEP: Final = 1000
Post = Invitation.Post


@task()
def post_of_space(space_id: int) -> None:
    post_waiting(Q(space_id=space_id))


def post_waiting(which: Q | None = None) -> int:
    """Returns how many left. A row is claimed first, so that two workers send one mail."""
    waiting = Invitation.objects.open().filter(which or Q(), post=Post.WAITING).order_by("pk")
    return sum(_post(row) for row in list(waiting[:SWEEP]))


def sweep() -> str:
    """For `communities.hooks.on_tick`: what a worker that died has left."""
    return f"{post_waiting()} invitations sent"


def _post(row: Invitation) -> bool:
    token = secrets.token_urlsafe(32)
    claim = Invitation.objects.filter(pk=row.pk, post=Post.WAITING)
    if not claim.update(post=Post.SENDING, token_hash=hashed(token)):
        return False
    known = get_user_model().objects.filter(email=row.email).first()
    outcome: str = Post.SENT
    # For the facilitators it was sent: they are not told that somebody is suspended.
    if known is None or known.is_active:
        outcome = _mailed(row, token, known)
    Invitation.objects.filter(pk=row.pk, post=Post.SENDING).update(post=outcome)
    return outcome == Post.SENT


def _mailed(row: Invitation, token: str, known: User | None) -> str:
    with override(known.language if known else row.language):
        sentence = _(
            "You are invited to a space. The link works for fourteen days and for this address alone. "
            "If this tells you nothing, there is nothing to do."
        )
        try:
            write(row.email, sentence=sentence, url=reverse("communities:invitation", args=[token]))
        except OSError:
            log.exception("mail of space invitation %s failed", row.pk)
            return Post.FAILED
    return Post.SENT
