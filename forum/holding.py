"""Rows held until the commit. Always in this order, so that no two writers wait for each other: spaces by their id
(`hold_spaces`), topics by theirs, the person who writes, forums by their id; drafts, marks and all the rest after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.contrib.auth import get_user_model
from django.http import Http404
from machina.apps.forum.models import Forum

from communities import succession
from forum.forum_conversation.models import Topic

if TYPE_CHECKING:
    from communities.models import Space
    from forum.forum_conversation.models import Post
    from profiles.models import User

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


def hold_spaces(*spaces: Space) -> None:
    """For what touches rows of many people at once (marks, drafts, subscriptions, news): nobody comes or goes there
    meanwhile, as whoever leaves a space holds it before all that is theirs. Writing goes on."""
    for space in sorted(set(spaces), key=lambda space: space.pk):
        succession.hold(space)


def hold_person(user: User) -> None:
    """For what one person may do once at a time, on two devices or in two places. Nobody else waits."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=user.pk).values("pk").first()


def hold_forums(ids: Iterable[int]) -> None:
    for pk in sorted(set(ids)):
        Forum.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=pk)
