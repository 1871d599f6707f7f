"""What is new since somebody's last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from forum.models import ReadMark

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post, Topic
    from profiles.models import User


BATCH: Final = 1000
_TABLE: Final = ReadMark._meta.db_table
# Both databases: SQLite from 3.24 on.
_MOVE: Final = (
    f"INSERT INTO {_TABLE} (user_id, topic_id, post, count, at) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608 -- no value
    "ON CONFLICT (user_id, topic_id) DO UPDATE SET post = excluded.post, count = excluded.count, at = excluded.at "
    f"WHERE excluded.post > {_TABLE}.post"
)


@dataclass(frozen=True, slots=True)
class News:
    """Of one topic for one reader: how many posts are new, or only that there are some (count 0)."""

    count: int = 0
    any: bool = False


def news(topic: Topic, joined_at: datetime | None) -> News:
    """`topic` comes from `with_mark_of`. Never opened: new is what came since the reader joined the space."""
    seen = getattr(topic, "seen_count", None)
    if seen is not None:
        fresh = max(topic.posts_count - seen, 0)
        return News(fresh, fresh > 0)
    if joined_at is None or topic.last_post_on is None or topic.last_post_on <= joined_at:
        return News()
    return News(topic.posts_count if topic.created > joined_at else 0, True)


def move(user: AnyUser, topic: Topic, *, post: int, count: int) -> None:
    """`user` has seen everything up to the post with this id, the `count`th. One statement, which moves a mark only
    forward: of two pages that are read at the same moment the later one counts.
    """
    with connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(_MOVE, [user.pk, topic.pk, post, count, at])


def first_unread(topic: Topic, user: AnyUser) -> Post | None:
    """`topic` comes from `with_mark_of`. None: nothing is new, or nothing was ever opened."""
    from forum.forum_conversation.models import Post

    if topic.seen_post is None:
        return None
    later = Post.objects.of(topic).filter(pk__gt=topic.seen_post).exclude(poster=user.pk)
    return later.select_related("topic").first()


def read_all(user: User, space: Space) -> int:
    """Marks every topic of the space as read to its last post of now. One statement for each BATCH, and one more."""
    from forum.forum_conversation.models import Topic

    rows = Topic.objects.of(space).with_mark_of(user).filter(last_post__isnull=False)
    behind = rows.filter(
        Q(seen_post=None) | Q(last_post__gt=F("seen_post")) | ~Q(posts_count=F("seen_count"))
    )
    now = timezone.now()
    made = [
        ReadMark(user=user, topic_id=pk, post=last, count=count, at=now)
        for pk, last, count in behind.order_by("pk").values_list("pk", "last_post", "posts_count")
    ]
    ReadMark.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["user", "topic"],
        update_fields=["post", "count", "at"],
    )
    return len(made)


def forget_in_space(user: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5)."""
    ReadMark.objects.filter(user=user.pk, topic__forum__space_tie__space=space.pk).delete()
    _subscriptions().filter(user=user.pk, topic__forum__space_tie__space=space.pk).delete()


def forget(user: User) -> None:
    ReadMark.objects.filter(user=user.pk).delete()
    _subscriptions().filter(user=user.pk).delete()


def _subscriptions() -> QuerySet[Any]:
    from forum.forum_conversation.models import Topic

    return Topic.subscribers.through.objects.all()
