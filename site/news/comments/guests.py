"""Comments of visitors: confirmed by mail, then approved by an editor. Their address is kept 30 days at most."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from communities.activity import record
from news.comments import followers, letters, posting
from news.comments.models import Comment, Guest, State
from news.comments.refusals import TooOften
from news.comments.voices import editors

if TYPE_CHECKING:
    from news.comments.closing import CommentedPage

CONFIRM_WITHIN: Final = timedelta(days=3)
KEPT: Final = timedelta(days=30)
PER_HOUR: Final = 3  # mails to one address


@transaction.atomic
def post(
    page: CommentedPage,
    words: str,
    language: str,
    *,
    name: str,
    email: str,
    follow: bool = False,
    **more: Any,
) -> Comment:
    """Nobody sees it before it was confirmed and approved. Raises what `posting.post` raises."""
    hour_ago = timezone.now() - timedelta(hours=1)
    if Guest.objects.filter(email__iexact=email, created_at__gt=hour_ago).count() >= PER_HOUR:
        raise TooOften
    by = AnonymousUser()
    comment = posting.post(page, words, language, by=by, user_name=name, state=State.UNCONFIRMED, **more)
    here = get_language() or settings.LANGUAGE_CODE
    guest, made = Guest.objects.get_or_create(
        comment=comment, defaults={"email": email, "language": here, "follow": follow}
    )
    if made:
        transaction.on_commit(partial(ask_to_confirm.enqueue, guest.pk))
    return comment


@task()
def ask_to_confirm(guest_id: int) -> None:
    send_waiting(pk=guest_id)


def send_waiting(**which: Any) -> int:
    """Asks for confirmations that were not asked for yet; each is claimed first, so that one mail leaves."""
    rows = Guest.objects.filter(mailed_at=None, comment__state=State.UNCONFIRMED, **which)
    return sum(_ask(guest) for guest in rows.order_by("pk")[:500])


def _ask(guest: Guest) -> bool:
    row = Guest.objects.filter(pk=guest.pk)
    if not row.filter(mailed_at=None).update(mailed_at=timezone.now()):
        return False
    with override(guest.language):
        address = settings.BASE_URL + reverse("comments:confirmation", args=[guest.token])
        sent = letters.send(guest.email, "confirm", _("Please confirm your comment"), address)
    if not sent:
        row.update(mailed_at=None)
    return sent


def guest_of(token: str) -> Guest | None:
    """As long as the link holds."""
    rows = Guest.objects.select_related("comment").filter(created_at__gt=timezone.now() - CONFIRM_WITHIN)
    return rows.filter(token=token).first()


@transaction.atomic
def confirm(guest: Guest) -> None:
    """From here on an editor decides. A second time changes nothing."""
    rows = Comment.objects.filter(pk=guest.comment_id, state=State.UNCONFIRMED)
    if rows.update(state=State.WAITING):
        if guest.follow:
            followers.begin(guest.comment.about, guest.email, guest.language)
        record("comment_waiting", actor=None, target=guest.comment, recipients=editors())


def tell_and_forget(comment: Comment) -> None:
    """In neutral words, after the commit; the address lives on in that one mail only."""
    guest = Guest.objects.filter(comment=comment).first()
    if guest is None:
        return
    with override(guest.language):
        address = settings.BASE_URL + comment.get_absolute_url()
    transaction.on_commit(partial(_tell, guest.email, guest.language, address))
    guest.delete()


def _tell(email: str, language: str, address: str) -> None:
    with override(language):
        letters.send(email, "shown", _("Your comment is published"), address)


def forget(comment: Comment) -> None:
    Guest.objects.filter(comment=comment).delete()


def forget_old(now: datetime | None = None) -> int:
    """Comments that nobody confirmed, and addresses that have been here for KEPT. Returns how many went."""
    now = now or timezone.now()
    unconfirmed = Comment.objects.filter(state=State.UNCONFIRMED, submit_date__lt=now - CONFIRM_WITHIN)
    ids = list(unconfirmed.values_list("pk", flat=True))
    with transaction.atomic():
        posting.forget(ids)
        return len(ids) + Guest.objects.filter(created_at__lt=now - KEPT).delete()[0]


def tick() -> str:
    return f"visitors' comments: {send_waiting()} mails sent, {forget_old()} forgotten"
