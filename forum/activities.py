"""What lines of the feed and notifications say of topics and replies: for each reader, what they may read.

What its author took back is no news any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.activity import Line, Resolver
from communities.models import Space
from forum.forum_conversation.models import Post, Topic
from forum.waiting import Notice, WaitingPost

if TYPE_CHECKING:
    from communities.permissions import AnyUser


# Of what kinds the target is a topic, and of which a post; by the beginnings of their names, as resolvers are found.
ABOUT_TOPICS: Final = ("topic_", "announcement_")
REPLIES: Final = ("reply_", "solution_", "mentioned")
ABOUT_POSTS: Final = (*REPLIES, "post_reported")


def about(topics: Collection[int], posts: Any) -> Q:
    """Activities whose target is one of them; `posts` may be a subquery."""
    found = Q(pk__in=[])
    for prefixes, ids in ((ABOUT_TOPICS, topics), (ABOUT_POSTS, posts)):
        for prefix in prefixes:
            found |= Q(kind__startswith=prefix, target_id__in=ids)
    return found


def topics(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = Topic.objects.visible_to(user).filter(pk__in=ids).exclude(first_post___content_rendered="")
    columns = ("pk", "public_id", "subject", "language", "forum__space_tie__space__slug")
    address = _addresses()
    return {
        pk: Line(subject, f"{address(slug)}{public_id}/", language)
        for pk, public_id, subject, language, slug in rows.values_list(*columns)
    }


def replies(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Named by their topic; the address leads to the reply itself."""
    rows = Post.objects.visible_to(user).filter(pk__in=ids).exclude(_content_rendered="")
    columns = (
        "pk", "public_id", "topic__subject", "topic__language", "topic__forum__space_tie__space__slug"
    )  # fmt: skip
    address = _addresses()
    return {
        pk: Line(subject, f"{address(slug)}posts/{public_id}/", language)
        for pk, public_id, subject, language, slug in rows.values_list(*columns)
    }


def _addresses() -> Callable[[str], str]:
    """Of forums, by the slug of their space: most lines of a page are of the same few."""
    return cache(lambda slug: reverse("forum:topics", args=[slug]))


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


def waiting(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Posts that wait, for whoever decides about them; the address leads to the queue."""
    rows = WaitingPost.objects.filter(pk__in=ids, space__in=Space.objects.allowing(user, "moderate"))
    return {
        row.pk: Line(row.title, reverse("forum:cases", args=[row.space.slug]), row.language)
        for row in rows.select_related("space", "topic")
    }


def notices(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Words from a space, for the one they are for."""
    rows = Notice.objects.filter(pk__in=ids, person=user.pk or 0).select_related("space")
    return {row.pk: Line(_("Read it"), row.get_absolute_url()) for row in rows}


# Of what is no topic and no post, and does not move with one.
OF_APPROVING: Final[dict[str, Resolver]] = {
    "waiting_": waiting,
    "own_post_declined": notices,
    "own_notice": notices,
}
