"""What editors decide about comments, and what readers report to them. Each deed is done once and recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from communities import freshness
from communities.activity import record
from communities.models import Activity, Record
from news.comments import guests, posting
from news.comments.models import Comment, Report, State
from news.comments.voices import editors, may_moderate

if TYPE_CHECKING:
    from datetime import datetime

    from communities.models import Notification
    from profiles.models import User

KEPT: Final = timedelta(days=30)


def is_for_editor(row: Notification) -> bool:
    """Whether what was told is still so: the right, and something to decide."""
    comment = Comment.objects.reachable().filter(pk=row.activity.target_id).first()
    return comment is not None and may_moderate(row.recipient)


@transaction.atomic
def hide(comment: Comment, *, by: User, reason: str = "") -> bool:
    """Out of sight for everybody. Answers stay, below words that say that something was hidden."""
    return _out_of_sight(comment, State.SHOWN, "comment_hidden", by, reason)


@transaction.atomic
def refuse(comment: Comment, *, by: User, reason: str = "") -> bool:
    """A visitor's, instead of approving it. It can still be shown later."""
    done = _out_of_sight(comment, State.WAITING, "comment_refused", by, reason)
    guests.forget(comment)
    return done


@transaction.atomic
def restore(comment: Comment, *, by: User, reason: str = "") -> bool:
    done = _turn(comment, State.HIDDEN, State.SHOWN, hidden_by=None, hidden_at=None, hidden_reason="")
    if done:
        _write_down("comment_restored", comment, by, reason)
        if not Activity.objects.filter(kind=posting.POSTED, target_id=comment.pk).exists():
            posting.make_known(comment)
    return done


@transaction.atomic
def approve(comment: Comment, *, by: User, reason: str = "") -> bool:
    """A visitor's comment is shown; they are told, and their address is forgotten."""
    done = _turn(comment, State.WAITING, State.SHOWN)
    if done:
        _write_down("comment_approved", comment, by, reason)
        posting.make_known(comment)
        guests.tell_and_forget(comment)
    return done


@transaction.atomic
def settle(comment: Comment, *, by: User, reason: str = "") -> bool:
    """Reported, and left as it is."""
    done = bool(_settle(comment))
    if done:
        _write_down("comment_reports_settled", comment, by, reason)
    return done


def report(comment: Comment, *, by: User, reason: str, words: str = "") -> bool:
    """Once per person; the first of several open ones is told to the editors. False: it was there already."""
    return _report(comment, by, {"by": by}, reason=reason, words=words)


def report_as_visitor(comment: Comment, *, network: str, reason: str, words: str = "") -> bool:
    """Once per network (`voices.digest_of_network`). Nothing that is kept or told says who it was."""
    return _report(comment, None, {"network": network}, reason=reason, words=words, from_visitor=True)


@transaction.atomic
def _report(comment: Comment, actor: User | None, once: dict[str, Any], **columns: Any) -> bool:
    waiting = Report.objects.filter(comment=comment, settled_at=None).exists()
    _row, made = Report.objects.get_or_create(comment=comment, **once, defaults=columns)
    if made and not waiting:
        record("comment_reported", actor=actor, target=comment, recipients=editors())
    return made


def forget_old(now: datetime | None = None) -> int:
    """What could still tell that two reports came from one network."""
    old = Report.objects.filter(created_at__lt=(now or timezone.now()) - KEPT)
    return old.exclude(network="").update(network="")


def tick() -> str:
    return f"reports of visitors: {forget_old()} made nobody's"


def _out_of_sight(comment: Comment, before: State, verb: str, by: User, reason: str) -> bool:
    columns = {"hidden_by": by, "hidden_at": timezone.now(), "hidden_reason": reason}
    done = _turn(comment, before, State.HIDDEN, **columns)
    if done:
        _settle(comment)
        _write_down(verb, comment, by, reason)
        if comment.user is not None:
            record("own_comment_hidden", actor=by, target=comment, recipients=[comment.user])
    return done


def _turn(comment: Comment, before: State, after: State, **columns: Any) -> bool:
    """Two editors decide at once: one of them is too late. Never `save()`: see models.py."""
    shown = after == State.SHOWN
    # The state alone first: an update over several tables would look for its rows beforehand.
    done = Comment.objects.filter(pk=comment.pk, state=before).update(state=after, **columns)
    if done:
        Comment.objects.filter(pk=comment.pk).update(is_public=shown, is_removed=not shown)
        comment.state = after
        freshness.changed()
    return bool(done)


def _settle(comment: Comment) -> int:
    return Report.objects.filter(comment=comment, settled_at=None).update(settled_at=timezone.now())


def _write_down(verb: str, comment: Comment, by: User, reason: str) -> None:
    Record.objects.create(verb=verb, actor=by, person=comment.user, reason=reason)
