"""What moderators do with topics and posts. Each verb asks the right; counters follow machina's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from communities.models import Record
from communities.permissions import require
from forum import counters, entries
from forum.forum_conversation.models import Post, Topic

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
def pin(topic: Topic, *, by: User, pinned: bool = True) -> None:
    """To the top of the list, or back. An announcement stays one."""
    require(by, "moderate", topic.space)
    if topic.type == Topic.TOPIC_ANNOUNCE:
        return
    topic.type = Topic.TOPIC_STICKY if pinned else Topic.TOPIC_POST
    Topic.objects.filter(pk=topic.pk).update(type=topic.type)
    Record.objects.create(verb="topic_pinned" if pinned else "topic_unpinned", actor=by, space=topic.space)


@transaction.atomic
def hide(post: Post, *, by: User, reason: str = "") -> None:
    """Out of sight for everybody, its files and search entry too. The opening post takes its topic along."""
    topic = post.topic
    require(by, "moderate", topic.space)
    Topic.objects.select_for_update().get(pk=topic.pk)
    Post.objects.filter(pk=post.pk).update(approved=False)
    if topic.first_post_id == post.pk:
        Topic.objects.filter(pk=topic.pk).update(approved=False)
        entries.drop_topic(topic)
    else:
        entries.drop_reply(post)
    counters.recount(topic)
    Record.objects.create(verb="post_hidden", actor=by, space=topic.space, person=post.poster, reason=reason)


def _set_status(topic: Topic, status: int, verb: str, by: User) -> None:
    require(by, "moderate", topic.space)
    topic.status = status
    Topic.objects.filter(pk=topic.pk).update(status=status)
    Record.objects.create(verb=verb, actor=by, space=topic.space)
