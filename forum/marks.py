"""What is new since somebody's last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from forum.models import ReadMark

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post, Topic
    from profiles.models import User


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


def move(user: AnyUser, topic: Topic, *, post: int) -> None:
    """`user` has seen everything up to the post with this id. One statement where it is the last of its topic.

    Nothing happens when the topic stands elsewhere by now, or the post in another topic.
    """
    from forum.forum_conversation.models import Post, Topic

    rows = Topic.objects.filter(pk=topic.pk, forum=topic.forum_id, approved=True)
    if _mark(user, rows.filter(last_post=post)):
        return
    # The middle of a topic, or somebody has written since: counted, while nobody moves posts.
    with transaction.atomic():
        if rows.select_for_update(no_key=True).values_list("pk", flat=True).first() is None:
            return
        shown = Post.objects.of(topic).filter(pk__lte=post).order_by()
        found = shown.aggregate(last=Max("pk"), count=Count("pk"))
        if found["last"] is None:
            return
        ahead = Q(post__lt=found["last"]) | ~Q(count=found["count"])
        columns = {"post": found["last"], "count": found["count"], "at": timezone.now()}
        mark = ReadMark.objects.filter(user=user.pk or 0, topic=topic.pk)
        if not mark.filter(ahead, post__lte=found["last"]).update(**columns):
            ReadMark.objects.bulk_create(
                [ReadMark(user_id=user.pk or 0, topic=topic, **columns)], ignore_conflicts=True
            )


def _mark(user: AnyUser, topics: QuerySet[Topic]) -> int:
    """Read to the end: all of `topics`, which somebody may be writing in. One statement; how many marks moved.

    The rows of the topics are shared until the commit, so that no post comes, goes or moves between reading their
    counters and writing the mark. Whoever counts marks anew holds those rows too (counters.py): topics first, by
    their id, then marks.
    """
    rows = topics.order_by("pk").values("pk", "last_post", "posts_count")
    chosen, given = rows.query.sql_with_params()
    name = connection.ops.quote_name
    table, read = name(ReadMark._meta.db_table), name(topics.model._meta.db_table)
    shared = f" FOR SHARE OF {read}" if connection.features.has_select_for_update else ""
    statement = (
        f"INSERT INTO {table} (user_id, topic_id, post, count, at)"  # noqa: S608  names of our own
        f" SELECT %s, topic.*, %s FROM ({chosen}{shared}) AS topic WHERE true"
        f" ON CONFLICT (user_id, topic_id) DO UPDATE"
        f" SET post = excluded.post, count = excluded.count, at = excluded.at"
        f" WHERE {table}.post <> excluded.post OR {table}.count <> excluded.count"
    )
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(statement, [user.pk or 0, now, *given])
        return max(cursor.rowcount, 0)


def first_unread(topic: Topic, user: AnyUser) -> Post | None:
    """`topic` comes from `with_mark_of`. None: nothing is new, or nothing was ever opened."""
    from forum.forum_conversation.models import Post

    if topic.seen_post is None:
        return None
    later = Post.objects.of(topic).filter(pk__gt=topic.seen_post).exclude(poster=user.pk)
    return later.select_related("topic").first()


def read_all(user: User, space: Space) -> int:
    """Marks every topic of the space as read to its last post of now. One statement."""
    from forum.forum_conversation.models import Topic

    return _mark(user, Topic.objects.of(space).filter(last_post__isnull=False))


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
