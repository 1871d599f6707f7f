"""Erasing one's account: asked for, seven days to call it off, then irreversible.

Meanwhile the account sleeps. To others it is gone at once: no page, no place in the directory, the search or a
list of members in force. It sleeps by losing its approval, so its holder can sign in and finds the account pages
alone, as somebody who waits for approval does.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from communities import joining
from communities.models import Record
from profiles.leaving import mails
from profiles.leaving.emptying import empty
from profiles.leaving.models import Erasure

if TYPE_CHECKING:
    from profiles.models import User

log = logging.getLogger(__name__)
GRACE: Final = timedelta(days=7)
BEFORE: Final = timedelta(days=1)


@transaction.atomic
def ask(user: User, *, words_too: bool) -> Erasure:
    """Asking twice changes nothing: neither the day nor the choice."""
    now = timezone.now()
    row, is_new = Erasure.objects.get_or_create(
        user=user,
        defaults={
            "words_too": words_too,
            "was_approved": user.is_approved,
            "asked_at": now,
            "due_at": now + GRACE,
        },
    )
    if is_new:
        user.is_approved = False
        user.save(update_fields=["is_approved"])
        joining.account_ended(user)
        transaction.on_commit(partial(tell_begun.enqueue, row.pk))
    return row


@transaction.atomic
def call_off(user: User) -> bool:
    """False when there is nothing to call off: never asked, or too late."""
    row = Erasure.objects.select_for_update().filter(user=user).first()
    if row is None:
        return False
    row.delete()
    user.is_approved = row.was_approved
    user.save(update_fields=["is_approved"])
    if user.is_approved:
        joining.account_returned(user)
    transaction.on_commit(partial(mails.send, mails.ERASURE_OFF, user, user.email or ""))
    return True


def of(user: User) -> Erasure | None:
    return Erasure.objects.filter(user=user.pk).first()


@transaction.atomic
def carry_out(row: Erasure) -> bool:
    """False when it was called off or carried out meanwhile. A suspended account is erased like any other."""
    mine = Erasure.objects.select_for_update().select_related("user")
    due = mine.filter(pk=row.pk, due_at__lte=timezone.now()).first()
    if due is None:
        return False
    user = due.user
    address, language = user.email or "", user.language
    empty(user, words_too=due.words_too)
    Record.objects.create(verb="account_erased", actor=None, person=user)
    done: Any = partial(mails.send, mails.ERASURE_DONE, None, address, language=language)
    transaction.on_commit(done)
    return True


def tick() -> str:
    """One transaction per person: what fails for one is tried again the next time, and stops nobody else."""
    now = timezone.now()
    told = _tell(Erasure.objects.filter(told_at=None), "told_at", mails.ERASURE_BEGUN)
    near = Erasure.objects.filter(reminded_at=None, due_at__lte=now + BEFORE, due_at__gt=now)
    told += _tell(near, "reminded_at", mails.ERASURE_NEAR)
    due = Erasure.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    return f"erasures: {sum(_carried_out(row) for row in due)} carried out, {told} mails sent"


def _carried_out(row: Erasure) -> bool:
    try:
        return carry_out(row)
    except Exception:
        log.exception("erasure %s failed", row.pk)
        return False


@task()
def tell_begun(erasure_id: int) -> None:
    _tell(Erasure.objects.filter(pk=erasure_id, told_at=None), "told_at", mails.ERASURE_BEGUN)


def _tell(rows: Any, column: str, kind: mails.Kind) -> int:
    """Each is claimed first, so that one mail leaves; what a server did not take waits for the next tick."""
    told = 0
    for row in rows.select_related("user").order_by("pk")[:500]:
        mine = Erasure.objects.filter(pk=row.pk)
        if not mine.filter(**{column: None}).update(**{column: timezone.now()}):
            continue
        if mails.send(kind, row.user, row.user.email or "", until=row.due_at):
            told += 1
        else:
            mine.update(**{column: None})
    return told
