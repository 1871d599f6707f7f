"""Who hears of what. Delivery asks each one's right again before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from communities import hooks
from communities.models import Grant, Membership
from communities.roles import Role, Visibility
from forum import following
from forum.forum_conversation.models import Post

if TYPE_CHECKING:
    from communities.models import Space
    from forum.forum_conversation.models import Topic
    from profiles.models import User


def of_topic(space: Space) -> QuerySet[User]:
    """A new topic: whoever asked for it, and whoever looks after the space, so that nobody's first question stays
    unseen. The others find it in their feed; in a space of hundreds a mail for every topic would be silenced by
    all."""
    return following.hearing_of_topic(_readers(space, _in_force()), space, _is_member(space, Role.MODERATOR))


def of_announcement(space: Space) -> QuerySet[User]:
    return following.without_muted(_members(space, Role.OBSERVER), space)


def of_reply(space: Space, topic: Topic) -> QuerySet[User]:
    """Whoever asked for all of it, and whoever has written in the topic; as long as they may read it."""
    posts = Post.objects.filter(topic=topic.pk, approved=True, poster__isnull=False)
    wrote = Q(pk__in=posts.order_by().values("poster"))
    return following.hearing_of_reply(_readers(space, _in_force()), space, topic, wrote)


def of_solution(space: Space, post: Post) -> QuerySet[User]:
    """Who gave the answer, if they may still read it."""
    return _readers(space, _in_force().filter(pk=post.poster_id))


def _readers(space: Space, people: QuerySet[User]) -> QuerySet[User]:
    if space.visibility in {Visibility.PUBLIC, Visibility.NETWORK}:
        return people
    return people.filter(_is_member(space, Role.OBSERVER) | Exists(_granted(space)))


def of_mention(
    space: Space, by: User, people: set[int], facilitators: bool, topic: Topic | None = None
) -> QuerySet[User]:
    """Of those who are named, who reads the space; none of those whom a block lies between."""
    wanted = Q(pk__in=people) & (_is_member(space, Role.OBSERVER) | Exists(_granted(space)))
    if facilitators:
        wanted |= Q(_is_member(space, Role.FACILITATOR))
    named = _in_force().filter(wanted).exclude(pk__in=[by.pk, *hooks.people_apart_from(by)])
    return following.without_muted(named, space, topic)


def of_report(space: Space) -> QuerySet[User]:
    return _members(space, Role.MODERATOR)


def _members(space: Space, at_least: Role) -> QuerySet[User]:
    return _in_force().filter(_is_member(space, at_least))


def _is_member(space: Space, at_least: Role) -> Exists:
    rows = Membership.objects.filter(space=space.pk, user=OuterRef("pk"), role__gte=at_least)
    return Exists(rows.filter(suspended_at__isnull=True))


def _granted(space: Space) -> QuerySet[Grant]:
    return Grant.objects.in_force().filter(content_object=space.pk, user=OuterRef("pk"))


def _in_force() -> QuerySet[User]:
    return get_user_model().objects.filter(is_active=True, is_approved=True).order_by("pk")
