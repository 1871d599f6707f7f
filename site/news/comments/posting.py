"""Writing comments: posting, changing within a quarter of an hour, removing. Nothing else inserts one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_comments_xtd.models import XtdComment, max_thread_level_for_content_type

from communities import freshness, submissions
from communities.activity import record
from communities.markup import render
from communities.models import Activity
from news.comments import followers, subscriptions
from news.comments.closing import are_closed
from news.comments.models import Comment, Report, State
from news.comments.options import options
from news.comments.pages import source_of
from news.comments.refusals import Closed, Gone, TooDeep, TooLate, TooOften

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from news.comments.closing import CommentedPage
    from profiles.models import User

LONGEST: Final = 3000  # characters
EDITABLE: Final = timedelta(minutes=15)
PER_HOUR: Final = 10  # comments of one person
POSTED: Final = "comment_posted"
KINDS: Final = (POSTED, "comment_reported", "comment_waiting", "own_comment_hidden")


@transaction.atomic
def post(
    page: CommentedPage,
    words: str,
    language: str,
    *,
    by: AnyUser,
    parent: Comment | None = None,
    key: str | None = None,
    at: datetime | None = None,
    **columns: Any,
) -> Comment:
    """The comment; when `key` was used before, the one it made then. `columns` are for visitors (guests.py).

    Raises Closed, TooDeep, Gone, TooOften. Who may comment at all is asked before (`voices.voice_of`).
    """
    source = source_of(page)
    comment = Comment(user_id=by.pk, language=language, about=page.translation_key, **columns)
    if key and (first := submissions.claim(key, by=by, answer=comment.public_id)) != comment.public_id:
        return _made_before(first)
    _refuse(source, by, at)
    _place(comment, source, parent)
    comment.comment, comment.html = words, render(words)
    comment.submit_date = at or timezone.now()
    comment.is_public = comment.state == State.SHOWN
    comment.save()
    if comment.is_shown:
        make_known(comment)
    return comment


def make_known(comment: Comment) -> None:
    """To readers, and to whoever follows the page."""
    freshness.changed()
    record(POSTED, actor=comment.user, target=comment, recipients=subscriptions.recipients(comment))
    followers.tell_of(comment)


def _made_before(public_id: str) -> Comment:
    """Sent twice, and removed in between: then it is gone."""
    first = Comment.objects.filter(public_id=public_id).first()
    if first is None:
        raise Gone
    return first


def _refuse(source: CommentedPage, by: AnyUser, at: datetime | None) -> None:
    if at is None and are_closed(source, options().close_after_days):
        raise Closed
    hour_ago = timezone.now() - timedelta(hours=1)
    own = Comment.objects.filter(user_id=by.pk, submit_date__gt=hour_ago) if by.pk and at is None else None
    if own is not None and own.count() >= PER_HOUR:
        raise TooOften


def _place(comment: Comment, source: CommentedPage, parent: Comment | None) -> None:
    """On the source page, below `parent`. Its thread's first row is held: two answers never get one place."""
    comment.content_type = ContentType.objects.get_for_model(type(source))
    comment.object_pk, comment.site_id = str(source.pk), settings.SITE_ID
    if parent is None:
        return
    _hold(parent.thread_id)
    now = Comment.objects.of(comment.about).shown().filter(pk=parent.pk).first()
    if now is None:
        raise Gone
    if not may_be_answered(now):
        raise TooDeep
    comment.parent_id = now.pk


def may_be_answered(comment: Comment) -> bool:
    deepest = max_thread_level_for_content_type(comment.content_type)
    return bool(comment.is_shown and comment.level < deepest)


def _hold(thread_id: int) -> None:
    list(XtdComment.norel_objects.select_for_update().filter(pk=thread_id).values_list("pk"))


def may_be_edited(comment: Comment, by: AnyUser) -> bool:
    return is_own(comment, by) and comment.is_shown and timezone.now() - comment.submit_date <= EDITABLE


def is_own(comment: Comment, by: AnyUser) -> bool:
    return by.is_authenticated and by.is_active and comment.user_id == by.pk


@transaction.atomic
def edit(comment: Comment, words: str, language: str, *, by: User) -> None:
    """Raises TooLate."""
    if not may_be_edited(comment, by):
        raise TooLate
    rows = Comment.objects.filter(pk=comment.pk, state=State.SHOWN)
    rows.update(comment=words, html=render(words), language=language, edited_at=timezone.now())
    freshness.changed()


@transaction.atomic
def remove(comment: Comment, *, by: User) -> None:
    """One's own, at any time. Where answers hang on it, an empty place with the words "removed" stays."""
    if not is_own(comment, by):
        raise Comment.DoesNotExist
    _take_back(comment)
    freshness.changed()


def remove_all(user: User) -> None:
    """Whatever a person said, in the caller's transaction; the last said first, so that most rows can go."""
    own = Comment.objects.filter(user=user).exclude(state=State.REMOVED)
    for pk in list(own.order_by("-pk").values_list("pk", flat=True)):
        if comment := own.filter(pk=pk).first():
            _take_back(comment)


def _take_back(comment: Comment) -> None:
    _hold(comment.thread_id)
    if _answers(comment).exists():
        rows = Comment.objects.filter(pk=comment.pk)
        rows.update(
            state=State.REMOVED, is_removed=True, is_public=False, comment="", html="", hidden_reason=""
        )
        Report.objects.filter(comment=comment.pk).delete()
    else:
        _take_out(comment)


def _take_out(comment: Comment) -> None:
    """The row, and every empty place above it that nothing hangs on any more."""
    above = Comment.objects.filter(pk=comment.parent_id).exclude(pk=comment.pk).first()
    forget([comment.pk])
    if above is None:
        return
    XtdComment.norel_objects.filter(pk__in={above.pk, above.parent_id}).update(
        nested_count=F("nested_count") - 1
    )
    if above.state == State.REMOVED and not _answers(above).exists():
        _take_out(above)


def _answers(comment: Comment) -> Any:
    return Comment.objects.filter(parent_id=comment.pk).exclude(pk=comment.pk)


def forget(ids: list[int]) -> None:
    """The rows with all that hangs on them: reports, flags, guests, and what was told of them."""
    Activity.objects.filter(kind__in=KINDS, target_id__in=ids).delete()
    Comment.objects.filter(pk__in=ids).delete()
