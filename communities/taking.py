"""A copy of a whole space: asked for by a facilitator, told to its members, made in the background, kept three days.

Only what every current member can read (`hooks.whole`). Whoever makes it claims the row first and hands the file over
only while the row is still theirs; fetching asks again whether its asker may take it.
"""

from __future__ import annotations

import errno
import logging
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from communities import hooks, joining
from communities.activity import record
from communities.archive import Archive
from communities.models import Record, SpaceExport
from communities.permissions import may
from communities.succession import hold_for
from files import store
from files.cleaning import CleanFile

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from files.models import StoredFile
    from profiles.models import User

log = logging.getLogger(__name__)
State = SpaceExport.State
KIND: Final = "communities.whole"
KEPT: Final = timedelta(hours=72)
# A process that ended in the middle of it does not come back.
GIVEN_UP: Final = timedelta(hours=1)


class Forbidden(Exception):
    """This space does not allow copies."""


@transaction.atomic
def ask(space: Space, *, by: User) -> SpaceExport:
    """While one is being made, asking again gives that one. Members are told once for each copy.

    Raises Forbidden, Refused, Http404."""
    now, here = timezone.now(), hold_for(space, by, "export")
    if not here.exportable:
        raise Forbidden
    row, is_new = SpaceExport.objects.select_related("stored").get_or_create(
        space=here, defaults={"by": by, "language": by.language}
    )
    if not is_new and row.state in (State.WAITING, State.MAKING) and row.changed_at > now - GIVEN_UP:
        return row
    _discard_file(row)
    row.by, row.language, row.state, row.problem = by, by.language, State.WAITING, ""
    row.asked_at = row.changed_at = now
    row.expires_at = None
    row.save()
    Record.objects.create(verb="copy_taken", actor=by, space=here)
    record("space_taken", actor=by, space=here, recipients=joining.members(here))
    transaction.on_commit(partial(make.enqueue, row.pk))
    return row


def of(space: Space) -> SpaceExport | None:
    """What there is now; a file whose time is over is not there any more."""
    row = SpaceExport.objects.filter(space=space).select_related("stored", "by").first()
    if row and row.state == State.READY and not (row.stored and row.expires_at and _is_ahead(row)):
        return None
    return row


def _is_ahead(row: SpaceExport) -> bool:
    return row.expires_at is not None and row.expires_at > timezone.now()


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`: whoever asked for it, as long as they run the space and it allows copies."""
    rows = SpaceExport.objects.filter(stored=stored.pk, by=user.pk, state=State.READY, space__exportable=True)
    row = rows.select_related("space").first()
    return row is not None and _is_ahead(row) and may(user, "export", row.space)


@task()
def make(export_id: int) -> None:
    """Whatever goes wrong is said on the page and by mail, and can be asked for again at once."""
    row = SpaceExport.objects.select_related("space__cover", "by").filter(pk=export_id).first()
    if row is None or not _move(row, State.WAITING, State.MAKING):
        return
    try:
        _make(row)
    except Exception as problem:
        log.exception("export of space %s failed", row.space_id)
        no_room = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
        what = SpaceExport.Problem.ROOM if no_room else SpaceExport.Problem.OTHER
        _move(row, State.MAKING, State.FAILED, problem=what)
    _tell(export_id)


def _make(row: SpaceExport) -> None:
    space = row.space
    with ExitStack() as stack:
        stack.enter_context(override(row.language))
        out = stack.enter_context(TemporaryFile())
        parts = [part for function in hooks.whole for part in function(space)]
        Archive(out, "communities/archive/index.html", title=space.name, space=space).write(parts)
        size = out.tell()
        out.seek(0)
        _hand_over(row, out, size)


@transaction.atomic
def _hand_over(row: SpaceExport, out: IO[bytes], size: int) -> None:
    """Only while the row is still ours, and whoever asked still runs the space."""
    mine = SpaceExport.objects.select_for_update(of=("self",)).select_related("space", "by")
    now_there = mine.filter(pk=row.pk, state=State.MAKING, asked_at=row.asked_at).first()
    if now_there is None or now_there.by is None or not may(now_there.by, "export", now_there.space):
        return
    clean = CleanFile(f"space-{timezone.localdate():%Y-%m-%d}.zip", "application/zip", File(out), size)  # type: ignore[arg-type]
    now_there.stored = store.keep(clean, kind=KIND, by=None)
    now_there.state, now_there.changed_at = State.READY, timezone.now()
    now_there.expires_at = now_there.changed_at + KEPT
    now_there.save()


def _move(row: SpaceExport, before: str, after: str, **columns: Any) -> bool:
    """False when somebody else moved it, or it was asked for anew."""
    rows = SpaceExport.objects.filter(pk=row.pk, state=before, asked_at=row.asked_at)
    return bool(rows.update(state=after, changed_at=timezone.now(), **columns))


def _tell(export_id: int) -> None:
    row = SpaceExport.objects.select_related("space", "by").get(pk=export_id)
    kinds = {State.READY.value: "space_copy_ready", State.FAILED.value: "space_copy_failed"}
    if row.state in kinds and row.by is not None:
        record(kinds[row.state], actor=None, space=row.space, recipients=[row.by])


def tick() -> str:
    """Ends what has expired, gives up what nobody works on any more."""
    now = timezone.now()
    over = SpaceExport.objects.select_related("stored").filter(state=State.READY, expires_at__lte=now)
    ended = sum(_end(row) for row in over)
    stuck = SpaceExport.objects.filter(
        state__in=[State.WAITING, State.MAKING], changed_at__lte=now - GIVEN_UP
    )
    given_up = stuck.update(state=State.FAILED, problem=SpaceExport.Problem.OTHER, changed_at=now)
    return f"copies of spaces: {ended} ended, {given_up} given up"


@transaction.atomic
def _end(row: SpaceExport) -> bool:
    _discard_file(row)
    return bool(row.delete()[0])


def _discard_file(row: SpaceExport) -> None:
    stored, row.stored = row.stored, None
    if stored is not None:
        store.discard(stored)


def forget(user: User, words_too: bool) -> None:
    """For `communities.hooks.on_erase`: the copy was theirs alone to fetch."""
    for row in SpaceExport.objects.select_related("stored").filter(by=user):
        _end(row)


def space_hidden(space: Space, old_slug: str, old_names: list[str]) -> None:
    """For `communities.hooks.on_hide`: the copy says where it was."""
    for row in SpaceExport.objects.select_related("stored").filter(space=space):
        _end(row)
