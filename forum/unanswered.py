"""Topics that nobody has answered, for the desk of those who run the space."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from communities.steering import Waiting
from forum.forum_conversation.models import Topic
from forum.kinds import TopicKind

if TYPE_CHECKING:
    from communities.models import Space


def unanswered(space: Space, before: datetime, most: int) -> Iterator[Waiting]:
    """For `communities.hooks.on_unanswered`. Announcements, decisions and locked topics wait for nobody."""
    if not space.has_forum:
        return
    rows = Topic.objects.of(space).filter(posts_count=1, created__lt=before, status=Topic.TOPIC_UNLOCKED)
    for topic in rows.exclude(kind__in=(TopicKind.ANNOUNCEMENT, TopicKind.DECISION)).order_by("created")[
        :most
    ]:
        url = reverse("forum:topic", args=[space.slug, topic.public_id])
        yield Waiting(topic.subject, url, topic.language, topic.created)
