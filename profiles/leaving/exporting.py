"""A copy of everything about a person: asked for, made in the background, kept for three days, then gone.

One row per person. Whoever makes it claims the row first, and hands the file over only while the row is still
theirs: an erasure or a second asking in between leaves nothing behind.
"""

from __future__ import annotations

import errno
import logging
import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from communities import hooks, time_zones
from communities.archive import Archive
from files import store
from files.cleaning import CleanFile
from profiles.leaving import mails
from profiles.leaving.models import Export

if TYPE_CHECKING:
    from communities.parts import Part
    from communities.permissions import AnyUser
    from files.models import StoredFile
    from profiles.models import User

log = logging.getLogger(__name__)
State = Export.State
KIND: Final = "profiles.export"
KEPT: Final = timedelta(hours=72)
PAUSE: Final = timedelta(hours=24)
# A process that ended in the middle of it does not come back.
GIVEN_UP: Final = timedelta(hours=1)


class TooSoon(Exception):
    """One a day. `again_at`: from when on."""

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__()


@transaction.atomic
def ask(user: User) -> Export:
    """One at a time: while one is being made, asking again gives that one. Raises TooSoon."""
    Export.objects.get_or_create(user=user, defaults={"state": State.FAILED})
    row = Export.objects.select_for_update(of=("self",)).select_related("stored").get(user=user)
    now = timezone.now()
    if row.state in (State.WAITING, State.MAKING) and row.changed_at > now - GIVEN_UP:
        return row
    if row.state == State.READY and row.asked_at > now - PAUSE:
        raise TooSoon(row.asked_at + PAUSE)
    _discard_file(row)
    row.state, row.problem, row.asked_at, row.changed_at = State.WAITING, "", now, now
    row.expires_at = row.told_at = None
    row.save()
    transaction.on_commit(partial(make.enqueue, row.pk))
    return row


def of(user: User) -> Export | None:
    """What there is for this person now; a file whose time is over is not there any more."""
    row = Export.objects.filter(user=user).select_related("stored").first()
    if row and row.state == State.READY and not (row.stored and is_in_time(row)):
        return None
    return row


def is_in_time(row: Export) -> bool:
    return row.expires_at is not None and row.expires_at > timezone.now()


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`: the person it is about, in their own session, while it lasts."""
    mine = Export.objects.filter(stored=stored.pk, user=user.pk, state=State.READY)
    return bool(
        user.is_authenticated and user.is_active and mine.filter(expires_at__gt=timezone.now()).exists()
    )


def parts_of(user: User) -> Iterator[Part]:
    """Of every room, the account and the profile first."""
    own = [function for function in hooks.export if function.__module__.startswith("profiles.")]
    for function in [*own, *(each for each in hooks.export if each not in own)]:
        yield from function(user)


@task()
def make(export_id: int) -> None:
    """Whatever goes wrong is said on the page and by mail, and the person can ask again at once."""
    row = Export.objects.select_related("user").filter(pk=export_id).first()
    if row is None or not _move(row, State.WAITING, State.MAKING):
        return
    try:
        _make(row)
    except Exception as problem:
        log.exception("export %s failed", export_id)
        no_room = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
        what = Export.Problem.ROOM if no_room else Export.Problem.OTHER
        _move(row, State.MAKING, State.FAILED, problem=what)
    tell(pk=export_id)


def _make(row: Export) -> None:
    with in_the_manner_of(row.user), TemporaryFile() as out:
        title = gettext("Everything about you")
        Archive(out, "leaving/archive/index.html", title=title, person=row.user).write(parts_of(row.user))
        size = out.tell()
        out.seek(0)
        _hand_over(row, out, size)


def in_the_manner_of(user: User) -> Any:
    """Their language and their time zone."""
    from contextlib import ExitStack

    stack = ExitStack()
    stack.enter_context(override(user.language))
    known = user.time_zone in time_zones.accepted()
    stack.enter_context(timezone.override(zoneinfo.ZoneInfo(user.time_zone) if known else None))
    return stack


@transaction.atomic
def _hand_over(row: Export, out: IO[bytes], size: int) -> None:
    """Only while the row is still ours: it went if the person was erased meanwhile."""
    mine = Export.objects.select_for_update().filter(pk=row.pk, state=State.MAKING, asked_at=row.asked_at)
    if (now_there := mine.first()) is None:
        return
    name = f"my-data-{timezone.localdate():%Y-%m-%d}.zip"
    clean = CleanFile(name, "application/zip", File(out), size)  # type: ignore[arg-type]
    now_there.stored = store.keep(clean, kind=KIND, by=None)
    now_there.state, now_there.changed_at = State.READY, timezone.now()
    now_there.expires_at = now_there.changed_at + KEPT
    now_there.save()


def _move(row: Export, before: str, after: str, **columns: Any) -> bool:
    """False when somebody else moved it, or it was asked for anew."""
    rows = Export.objects.filter(pk=row.pk, state=before, asked_at=row.asked_at)
    return bool(rows.update(state=after, changed_at=timezone.now(), **columns))


def tell(**which: Any) -> int:
    """Claimed first, so that one mail leaves; what a server did not take waits for the next tick."""
    rows = Export.objects.filter(state__in=[State.READY, State.FAILED], told_at=None, **which)
    return sum(_tell(row) for row in rows.select_related("user").order_by("pk")[:500])


def _tell(row: Export) -> bool:
    mine = Export.objects.filter(pk=row.pk)
    if not mine.filter(told_at=None).update(told_at=timezone.now()):
        return False
    kind = mails.EXPORT_READY if row.state == State.READY else mails.EXPORT_FAILED
    if not mails.send(kind, row.user, row.user.email or "", until=row.expires_at):
        mine.update(told_at=None)
        return False
    return True


def tick() -> str:
    """Ends what has expired, gives up what nobody works on any more, sends what waits."""
    now = timezone.now()
    over = Export.objects.select_related("stored").filter(state=State.READY, expires_at__lte=now)
    ended = sum(_end(row) for row in over)
    stuck = Export.objects.filter(
        Q(state=State.WAITING) | Q(state=State.MAKING), changed_at__lte=now - GIVEN_UP
    )
    given_up = stuck.update(state=State.FAILED, problem=Export.Problem.OTHER, changed_at=now)
    return f"exports: {ended} ended, {given_up} given up, {tell()} mails sent"


@transaction.atomic
def _end(row: Export) -> bool:
    _discard_file(row)
    return bool(row.delete()[0])


def _discard_file(row: Export) -> None:
    stored, row.stored = row.stored, None
    if stored is not None:
        store.discard(stored)


def forget(user: User, words_too: bool) -> None:
    """For `communities.hooks.on_erase`; a copy that is just being made finds its row gone."""
    for row in Export.objects.select_for_update(of=("self",)).select_related("stored").filter(user=user):
        _end(row)
