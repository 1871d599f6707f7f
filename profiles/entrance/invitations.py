"""Invitations to an account: staff name an address, its holder signs up by the link and is in at once."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities.invitations import coming
from communities.models import Record
from profiles.entrance.letters import send
from profiles.entrance.models import Invitation

if TYPE_CHECKING:
    from profiles.models import User

log = logging.getLogger(__name__)

LIFE: Final = timedelta(days=14)
# A second tap, or a colleague at the same list, sends no second mail.
PAUSE: Final = timedelta(minutes=2)
# An address that never became a person is nobody's business for longer.
KEPT: Final = timedelta(days=90)
SESSION: Final = "invitation"


class NoLongerOpen(Exception):  # noqa: N818 -- a state, as the page says it
    """Somebody took it up, withdrew it, or it ran out while the form was open."""


@transaction.atomic
def invite(email: str, *, language: str, by: User) -> Invitation:
    """The one standing invitation of that address, made or renewed, and its mail after the commit.

    For an address that has an account it does the same, and only the mail is another one.
    """
    invitation, made = Invitation.objects.standing().get_or_create(
        email=email.lower(), defaults={"language": language, "invited_by": by}
    )
    if not made and invitation.language != language:
        invitation.language = language
        invitation.save(update_fields=["language"])
    if made:
        Record.objects.create(verb="invitation_sent", actor=by)
    post(invitation)
    return invitation


@transaction.atomic
def post(invitation: Invitation) -> bool:
    """A fresh link for fourteen days; the one before no longer works. False: one has just left."""
    now = timezone.now()
    token = secrets.token_urlsafe(32)
    waiting = Invitation.objects.standing().filter(pk=invitation.pk).exclude(sent_at__gt=now - PAUSE)
    if not waiting.update(token_hash=hashed(token), sent_at=now, expires_at=now + LIFE):
        return False
    transaction.on_commit(lambda: _mail(invitation, token))
    return True


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    if Invitation.objects.standing().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        Record.objects.create(verb="invitation_withdrawn", actor=by)


def find(token: str) -> Invitation | None:
    """By the token of its mail. Compared as a hash: a database that was read opens nothing."""
    return Invitation.objects.open().filter(token_hash=hashed(token)).first()


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def carry(request: HttpRequest, invitation: Invitation) -> None:
    """From its link to the sign-up page, so that the address of that page holds no key."""
    request.session[SESSION] = invitation.public_id


def carried(request: HttpRequest) -> Invitation | None:
    """The invitation somebody came with, as long as it is open. No query for whoever came without one."""
    public_id = request.session.get(SESSION)
    return Invitation.objects.open().filter(public_id=public_id).first() if public_id else None


@transaction.atomic
def take_up(invitation: Invitation, user: User) -> None:
    """Approves the person. NoLongerOpen: somebody else was quicker."""
    open_still = Invitation.objects.open().filter(pk=invitation.pk, email=user.email)
    if not open_still.update(taken_up_at=timezone.now(), person=user, token_hash=None):
        raise NoLongerOpen
    user.is_approved = True
    user.save(update_fields=["is_approved"])
    Record.objects.create(verb="came_by_invitation", actor=invitation.invited_by, person=user)
    coming.arrive(user)


def forget_old(now: datetime | None = None) -> str:
    """For `communities.hooks.on_tick`."""
    gone, _per_model = Invitation.objects.over_before((now or timezone.now()) - KEPT).delete()
    return f"{gone} old invitations forgotten"


def _mail(invitation: Invitation, token: str) -> None:
    """A failing server is no reason to lose the invitation: it stands in the list, to be sent again."""
    known = get_user_model().objects.filter(email=invitation.email).first()
    language = known.language if known else invitation.language
    with override(language):
        way = reverse("account_login") if known else reverse("entrance:invitation", kwargs={"token": token})
        context = {"url": f"{settings.BASE_URL}{way}", "days": LIFE.days}
        kind = "account_there" if known else "invitation"
        try:
            send(kind, invitation.email, language=language, context=context)
        except OSError:
            log.exception("mail of invitation %s failed", invitation.pk)
