"""What moving, splitting and merging share: the lock, the refusal, the way into the search."""

from __future__ import annotations

from forum import entries
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone, hold


class Unmovable(Exception):
    """With the reason in words."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


def hold_shown(topic: Topic) -> None:
    hold(topic)
    if not topic.approved:
        raise TopicGone


def put_in_search(topic: Topic) -> None:
    entries.put_all(entries.of_topics(Topic.objects.filter(pk=topic.pk)))
    entries.put_all(entries.of_replies(Post.objects.filter(topic=topic.pk, approved=True)))
