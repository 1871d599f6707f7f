"""Visitors who hear by mail of new comments of a page: only an address that said yes, kept until it says no.

Where comments of visitors are allowed. Who has an account follows with it (subscriptions.py).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from communities.notifications.mail import write
from news.comments import letters
from news.comments.models import Comment, Follower, FollowerMail, Guest
from news.comments.refusals import TooOften

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from profiles.models import User

log = logging.getLogger(__name__)

CONFIRM_WITHIN: Final = timedelta(days=3)
STALE: Final = timedelta(days=3)  # news that did not leave by then
HOUR: Final = timedelta(hours=1)
PER_HOUR: Final = 3  # mails to one address that nobody has confirmed


# Asking, and being told yes or no ----------------------------------------------------------------------------
@transaction.atomic
def ask(about: UUID, email: str) -> None:
    """One mail with a link; none to whoever follows already. Raises TooOften."""
    now, email = timezone.now(), email.lower()
    row = Follower.objects.filter(about=about, email=email).first()
    if row is not None and (row.confirmed_at or row.created_at > now - HOUR):
        return
    if Follower.objects.filter(email=email, confirmed_at=None, created_at__gt=now - HOUR).count() >= PER_HOUR:
        raise TooOften
    # A second time: the first mail may have been lost.
    language = get_language() or settings.LANGUAGE_CODE
    fresh = {"language": language, "created_at": now, "mailed_at": None}
    row, _made = Follower.objects.update_or_create(about=about, email=email, defaults=fresh)
    transaction.on_commit(partial(ask_to_confirm.enqueue, row.pk))


def begin(about: UUID, email: str, language: str) -> None:
    """For an address that has confirmed something just now."""
    defaults = {"confirmed_at": timezone.now()}
    Follower.objects.update_or_create(
        about=about,
        email=email.lower(),
        defaults=defaults,
        create_defaults={**defaults, "language": language, "mailed_at": timezone.now()},
    )


def follower_of(token: str) -> Follower | None:
    """As long as the link holds; for good once it was used."""
    holds = Q(created_at__gt=timezone.now() - CONFIRM_WITHIN) | Q(confirmed_at__isnull=False)
    return Follower.objects.filter(holds, token=token).first()


def confirm(follower: Follower) -> None:
    Follower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def unfollow(token: str) -> None:
    """The address goes with the row, and every mail that waits for it."""
    Follower.objects.filter(token=token).delete()


def forget_person(user: User) -> None:
    """Of an account that is emptied: the addresses that are known to be its own, followed with before it was one."""
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    Follower.objects.filter(email__in=[email.lower() for email in own]).delete()


def forget_page(about: UUID) -> None:
    Follower.objects.filter(about=about).delete()


# What they hear ----------------------------------------------------------------------------------------------
def tell_of(comment: Comment) -> None:
    """Written down with the comment, sent after the commit. Not to whoever wrote it."""
    own = Guest.objects.filter(comment=comment).values_list("email", flat=True)
    rows = Follower.objects.filter(about=comment.about).exclude(confirmed_at=None)
    ids = rows.exclude(email__in=[email.lower() for email in own]).values_list("pk", flat=True)
    mails = [FollowerMail(follower_id=pk, comment=comment) for pk in ids]
    if mails:
        FollowerMail.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(partial(tell.enqueue, comment.pk))


@task()
def ask_to_confirm(follower_id: int) -> None:
    send_questions(pk=follower_id)


@task()
def tell(comment_id: int) -> None:
    send_news(comment_id=comment_id)


def send_questions(**which: Any) -> int:
    """Each is claimed first, so that one mail leaves."""
    rows = Follower.objects.filter(confirmed_at=None, mailed_at=None, **which)
    return sum(_ask(follower) for follower in rows.order_by("pk")[:500])


def _ask(follower: Follower) -> bool:
    row = Follower.objects.filter(pk=follower.pk)
    if not row.filter(mailed_at=None).update(mailed_at=timezone.now()):
        return False
    with override(follower.language):
        address = settings.BASE_URL + reverse("comments:following", args=[follower.token])
        sent = letters.send(follower.email, "follow", _("Please confirm that you want these mails"), address)
    if not sent:
        row.update(mailed_at=None)
    return sent


def send_news(**which: Any) -> int:
    rows = FollowerMail.objects.filter(claimed_at=None, **which).select_related("follower", "comment")
    return sum(_tell(mail) for mail in rows.order_by("pk")[:500])


def _tell(mail: FollowerMail) -> bool:
    row: QuerySet[FollowerMail] = FollowerMail.objects.filter(pk=mail.pk)
    if not row.filter(claimed_at=None).update(claimed_at=timezone.now()):
        return False
    try:
        sent = _is_still_so(mail) and _write(mail)
    except OSError:
        log.exception("a mail about a comment failed")
        row.update(claimed_at=None)
        return False
    row.delete()
    return sent


def _is_still_so(mail: FollowerMail) -> bool:
    """Between the comment and the mail: withdrawn page, hidden comment, ended following."""
    is_shown = Comment.objects.reachable().shown().filter(pk=mail.comment_id).exists()
    return is_shown and Follower.objects.filter(pk=mail.follower_id).exists()


def _write(mail: FollowerMail) -> bool:
    follower = mail.follower
    with override(follower.language):
        write(
            follower.email,
            sentence=_("There is a new comment on a page that you follow."),
            url=mail.comment.get_absolute_url(),
            way_out=reverse("comments:unsubscribing", args=[follower.token]),
        )
    return True


# Time goes by ------------------------------------------------------------------------------------------------
def forget_old(now: datetime | None = None) -> int:
    """Addresses that never said yes, and news that is none any more. Returns how many went."""
    now = now or timezone.now()
    never = Follower.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN)
    return never.delete()[0] + FollowerMail.objects.filter(created_at__lt=now - STALE).delete()[0]


def tick() -> str:
    return f"visitors who follow: {send_questions() + send_news()} mails sent, {forget_old()} forgotten"
