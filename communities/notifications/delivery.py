from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from communities.models import Activity, Notification
from communities.notifications.mail import mail
from communities.permissions import may

if TYPE_CHECKING:
    from profiles.models import User

log = logging.getLogger(__name__)
Outcome = Notification.Outcome
# Mails of one sweep, so that memory stays bounded; the next tick takes the rest.
SWEEP = 2000
_muted: ContextVar[bool] = ContextVar("muted", default=False)


@contextmanager
def muted() -> Iterator[None]:
    """For what happened long ago and is written down today: people find it in their list, no mail leaves."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def deliver(recipients: Iterable[User], activity: Activity) -> None:
    """One notification per person, once, however often it is called; mails leave after the commit."""
    outcome = Outcome.WITHHELD if _muted.get() else Outcome.WAITING
    rows = [Notification(activity=activity, recipient=person, outcome=outcome) for person in recipients]
    if rows:
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if rows and outcome == Outcome.WAITING:
        transaction.on_commit(partial(send_of_activity.enqueue, activity.pk))


@task()
def send_of_activity(activity_id: int) -> None:
    send_waiting(Q(activity_id=activity_id))


def send_waiting(which: Q | None = None) -> int:
    """Sends what waits; returns how many mails left. A row is claimed first, so that two workers send one mail."""
    waiting = Notification.objects.filter(which or Q(), outcome=Outcome.WAITING)
    rows = waiting.select_related("activity__space", "recipient").order_by("pk")
    return sum(_send(row) for row in list(rows[:SWEEP]) if _claimed(row))


def _claimed(row: Notification) -> bool:
    claim = Notification.objects.filter(pk=row.pk, outcome=Outcome.WAITING)
    return bool(claim.update(outcome=Outcome.SENDING))


def _send(row: Notification) -> bool:
    outcome = Outcome.WITHHELD
    if still_entitled(row):
        try:
            mail(row)
            outcome = Outcome.SENT
        except OSError:
            log.exception("mail of notification %s failed", row.pk)
            outcome = Outcome.FAILED
    Notification.objects.filter(pk=row.pk).update(outcome=outcome, mailed_at=timezone.now())
    return outcome == Outcome.SENT


def still_entitled(row: Notification) -> bool:
    """The right is asked again when sending: between the deed and the mail somebody may have left."""
    from communities.activity import kinds

    person, kind = row.recipient, kinds.get(row.activity.kind)
    if kind is None or not person.email:
        return False
    if kind.right == "" and kind.entitled is None:
        return True
    if not person.is_active:
        return False
    if kind.entitled is not None:
        return kind.entitled(row)
    if kind.right == "staff":
        return person.is_staff
    return row.activity.space is not None and may(person, kind.right, row.activity.space)
