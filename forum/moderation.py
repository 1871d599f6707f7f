"""What moderators do with topics and posts. Each verb asks the right; counters follow machina's rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from communities.activity import record
from communities.models import Record
from communities.permissions import require
from forum import bin, counters, entries, recipients, solving
from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_topic_of
from forum.models import Hiding, Report

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def lock(topic: Topic, *, by: User) -> None:
    """Nobody answers in it any more; `unlock` opens it again."""
    _set_status(topic, Topic.TOPIC_LOCKED, "topic_locked", by)


@transaction.atomic
def unlock(topic: Topic, *, by: User) -> None:
    _set_status(topic, Topic.TOPIC_UNLOCKED, "topic_unlocked", by)


@transaction.atomic
def pin(topic: Topic, *, by: User, days: int = 0) -> None:
    """To the top of the list, for so many days (0: without an end); `tick` takes it down. An announcement
    stands above the others."""
    # To the full hour: a tap too many asks for the same.
    until = (timezone.now() + timedelta(days=days, hours=1)).replace(minute=0, second=0, microsecond=0)
    place = Topic.TOPIC_ANNOUNCE if topic.is_announcement else Topic.TOPIC_STICKY
    _set_place(topic, place, until if days else None, "topic_pinned", by)


@transaction.atomic
def unpin(topic: Topic, *, by: User) -> None:
    """Back among the others. An announcement stays one."""
    _set_place(topic, Topic.TOPIC_POST, None, "topic_unpinned", by)


def tick() -> str:
    """For `communities.hooks.on_tick`: what was pinned until now."""
    over = Topic.objects.filter(pinned_until__lte=timezone.now())
    return f"{over.update(type=Topic.TOPIC_POST, pinned_until=None)} unpinned"


@transaction.atomic
def hide(post: Post, *, by: User, reason: str = "") -> bool:
    """Out of sight for everybody, its files and search entry too. The opening post takes its topic along.

    Its author is told, by the space and not by a person. False: it was hidden already.
    """
    topic = _held(post, by)
    _hiding, made = Hiding.objects.get_or_create(post=post, defaults={"by": by, "reason": reason})
    if not made:
        return False
    Post.objects.filter(pk=post.pk).update(approved=False)
    if topic.first_post_id == post.pk:
        Topic.objects.filter(pk=topic.pk).update(approved=False)
        entries.drop_topic(topic)
    else:
        entries.drop_reply(post)
    counters.recount(topic)
    solving.drop_lost(topic.pk)
    _settle(post)
    _write_down("post_hidden", post, by, reason)
    if post.poster and post.poster != by:
        record("own_post_hidden", actor=None, space=topic.space, recipients=[post.poster])
    return True


@transaction.atomic
def restore(post: Post, *, by: User) -> bool:
    """Back in its place, a topic with all its answers that were not hidden themselves; what its author took back
    meanwhile stays taken back. False: nothing was hidden."""
    topic = _held(post, by)
    if not Hiding.objects.filter(post=post).delete()[0]:
        return False
    Post.objects.filter(pk=post.pk).update(approved=True)
    replies = Post.objects.filter(pk=post.pk)
    if topic.first_post_id == post.pk and not bin.took_topic(post):
        Topic.objects.filter(pk=topic.pk).update(approved=True)
        replies = Post.objects.filter(topic=topic.pk, approved=True)
    counters.recount(topic)
    entries.put_all(entries.of_topics(Topic.objects.filter(pk=topic.pk, approved=True, first_post=post.pk)))
    entries.put_all(entries.of_replies(replies))
    _write_down("post_restored", post, by)
    return True


def report(post: Post, *, by: User, reason: str, words: str = "") -> bool:
    """Once per person; the first of several open ones is told to the moderators. False: it was there already.

    Nobody learns who it was: whoever reports a moderator's post must not have to fear its author.
    """
    require(by, "report", post.topic.space)
    with transaction.atomic():
        waiting = Report.objects.waiting().filter(post=post).exists()
        _row, made = Report.objects.get_or_create(
            post=post, by=by, defaults={"reason": reason, "words": words}
        )
        if made and not waiting:
            space = post.topic.space
            people = recipients.of_report(space).exclude(pk__in=[by.pk, post.poster_id or 0])
            record("post_reported", actor=None, space=space, target=post, recipients=people)
    return made


@transaction.atomic
def settle(post: Post, *, by: User) -> bool:
    """Reported, and left as it is."""
    _held(post, by)
    done = _settle(post)
    if done:
        _write_down("post_reports_settled", post, by)
    return done


def _held(post: Post, by: User) -> Topic:
    """The topic of `post`, its row held until the commit. Raises Refused, TopicGone."""
    require(by, "moderate", post.topic.space)
    return hold_topic_of(post)


def _settle(post: Post) -> bool:
    return bool(Report.objects.waiting().filter(post=post).update(settled_at=timezone.now()))


def _write_down(verb: str, post: Post, by: User, reason: str = "") -> None:
    Record.objects.create(verb=verb, actor=by, space=post.topic.space, person=post.poster, reason=reason)


def _set_status(topic: Topic, status: int, verb: str, by: User) -> None:
    """Nothing is written down twice when two moderators do the same."""
    require(by, "moderate", topic.space)
    here = Topic.objects.filter(pk=topic.pk, forum=topic.forum_id)
    columns: dict[str, Any] = {"status": status}
    if status == Topic.TOPIC_UNLOCKED:
        columns["opened_again_at"] = timezone.now()
    if here.exclude(status=status).update(**columns):
        Record.objects.create(verb=verb, actor=by, space=topic.space, person=topic.poster)
    topic.status = status


def _set_place(topic: Topic, place: int, until: datetime | None, verb: str, by: User) -> None:
    require(by, "moderate", topic.space)
    others = Topic.objects.filter(pk=topic.pk, forum=topic.forum_id).exclude(type=place, pinned_until=until)
    if others.update(type=place, pinned_until=until):
        topic.type, topic.pinned_until = place, until
        Record.objects.create(verb=verb, actor=by, space=topic.space, person=topic.poster)
