"""Who hears of what. Delivery asks each one's right again before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

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
    return following.hearing_of_topic(_readers(space), space, _is_member(space, Role.MODERATOR))


def of_announcement(space: Space) -> QuerySet[User]:
    return following.without_muted(_members(space, Role.OBSERVER), space)


def of_reply(space: Space, topic: Topic) -> QuerySet[User]:
    """Whoever asked for all of it, and whoever has written in the topic; as long as they may read it."""
    wrote = Exists(Post.objects.filter(topic=topic.pk, approved=True, poster=OuterRef("pk")))
    return following.hearing_of_reply(_readers(space), space, topic, wrote)


def _readers(space: Space) -> QuerySet[User]:
    if space.visibility in {Visibility.PUBLIC, Visibility.NETWORK}:
        return _in_force()
    granted = Grant.objects.in_force().filter(content_object=space.pk, user=OuterRef("pk"))
    return _in_force().filter(_is_member(space, Role.OBSERVER) | Exists(granted))


def of_report(space: Space) -> QuerySet[User]:
    return _members(space, Role.MODERATOR)


def _members(space: Space, at_least: Role) -> QuerySet[User]:
    return _in_force().filter(_is_member(space, at_least))


def _is_member(space: Space, at_least: Role) -> Exists:
    rows = Membership.objects.filter(space=space.pk, user=OuterRef("pk"), role__gte=at_least)
    return Exists(rows.filter(suspended_at__isnull=True))


def _in_force() -> QuerySet[User]:
    return get_user_model().objects.filter(is_active=True, is_approved=True).order_by("pk")
