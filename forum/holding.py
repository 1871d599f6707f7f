"""Rows held until the commit. Always in this order, so that no two writers wait for each other: topics by their id,
then forums by theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.http import Http404
from machina.apps.forum.models import Forum

from forum.forum_conversation.models import Topic

if TYPE_CHECKING:
    from forum.forum_conversation.models import Post

# What another writer may have changed since the topic was read.
FRESH: Final = (
    *("status", "type", "approved", "posts_count", "first_post_id", "last_post_id", "last_post_on"),
    *("subject", "language", "poster_id", "created", "slow_minutes", "kind"),
)


class TopicGone(Http404):
    """Hidden, moved or merged while somebody wrote. To whoever does not catch it, the ordinary 404."""


def hold(topic: Topic) -> Topic:
    """The same object with what its row says now. Raises TopicGone when it is in that forum no more.

    `no_key`: readers' marks and reports point to the row, and need not wait.
    """
    rows = Topic.objects.select_for_update(no_key=True).filter(pk=topic.pk, forum=topic.forum_id)
    now = rows.values(*FRESH).first()
    if now is None:
        raise TopicGone
    for name, value in now.items():
        setattr(topic, name, value)
    return topic


def hold_topic_of(post: Post) -> Topic:
    """Raises TopicGone also when the post stands in another topic by now."""
    topic = hold(post.topic)
    if not stands_in(topic, post):
        raise TopicGone
    return topic


def stands_in(topic: Topic, post: Post) -> bool:
    """Of a topic that is held: certain until the commit."""
    return type(post).objects.filter(pk=post.pk, topic=topic.pk).exists()


def hold_all(*topics: Topic) -> None:
    for topic in sorted(topics, key=lambda topic: topic.pk):
        hold(topic)


def hold_forums(ids: Iterable[int]) -> None:
    for pk in sorted(set(ids)):
        Forum.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=pk)
