"""What lines of the feed and notifications say of topics and replies: for each reader, what they may read.

What its author took back is no news any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from communities.activity import Line
from communities.models import Space
from forum.forum_conversation.models import Post, Topic

if TYPE_CHECKING:
    from communities.permissions import AnyUser


def topics(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = (
        Topic.objects.visible_to(user)
        .with_space()
        .filter(pk__in=ids)
        .exclude(first_post___content_rendered="")
    )
    return {topic.pk: Line(topic.subject, topic.get_absolute_url(), topic.language) for topic in rows}


def replies(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Named by their topic; the address leads to the reply itself."""
    rows = Post.objects.visible_to(user).with_space().filter(pk__in=ids).exclude(_content_rendered="")
    return {post.pk: Line(post.topic.subject, post.get_absolute_url(), post.topic.language) for post in rows}


def cases(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Reported posts, for whoever decides about them; the address leads to the queue."""
    spaces = Space.objects.allowing(user, "moderate")
    rows = Post.objects.filter(pk__in=ids, topic__forum__space_tie__space__in=spaces)
    return {
        post.pk: Line(
            post.topic.subject, reverse("forum:cases", args=[post.topic.space.slug]), post.topic.language
        )
        for post in rows.with_space()
    }
