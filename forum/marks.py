"""What is new since somebody's last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from forum.models import ReadMark, SpaceForum

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post, Topic
    from profiles.models import User


# Both databases: SQLite from 3.24 on. The rows of the topics are shared until the commit, so that no post comes, goes
# or moves between reading their counters and writing the mark. Whoever counts marks anew holds those rows too
# (counters.py): topics first, by their id, then marks. Only forward: of two pages read at once the later counts.
_MARK: Final = """INSERT INTO {marks} (user_id, topic_id, post, count, at)
    SELECT %s, id, last_post_id, posts_count, %s
    FROM (SELECT id, last_post_id, posts_count FROM {topics} WHERE approved AND {which} ORDER BY id {shared}) AS topic
    WHERE true
    ON CONFLICT (user_id, topic_id) DO UPDATE SET post = excluded.post, count = excluded.count, at = excluded.at
    WHERE excluded.post > {marks}.post OR (excluded.post = {marks}.post AND excluded.count <> {marks}.count)
"""
_ONE: Final = "id = %s AND forum_id = %s AND last_post_id = %s"
_ALL: Final = "forum_id = (SELECT forum_id FROM {ties} WHERE space_id = %s) AND last_post_id IS NOT NULL"


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
    if topic.last_post_id == post and _mark(user, _ONE, topic.pk, topic.forum_id, post):
        return
    # The middle of a topic, or somebody has written since: counted, while nobody moves posts.
    with transaction.atomic():
        rows = type(topic).objects.filter(pk=topic.pk, forum=topic.forum_id, approved=True)
        if rows.select_for_update(no_key=True).values_list("pk", flat=True).first() is None:
            return
        _mark_in_the_middle(user, topic, post)


def _mark_in_the_middle(user: AnyUser, topic: Topic, post: int) -> None:
    from forum.forum_conversation.models import Post

    shown = Post.objects.of(topic).filter(pk__lte=post).order_by()
    found = shown.aggregate(post=Max("pk"), count=Count("pk"))
    if found["post"] is None:
        return
    columns = {**found, "at": timezone.now()}
    own = ReadMark.objects.filter(user=user.pk or 0, topic=topic.pk)
    if not own.filter(post__lt=found["post"]).update(**columns):
        row = ReadMark(user_id=user.pk or 0, topic=topic, **columns)
        ReadMark.objects.bulk_create([row], ignore_conflicts=True)


def _mark(user: AnyUser, which: str, *values: int) -> int:
    """Read to their end: the topics of which `which` is true. One statement; how many marks moved."""
    shared = "FOR SHARE" if connection.features.has_select_for_update else ""
    which = which.format(ties=SpaceForum._meta.db_table)
    topics = ReadMark._meta.get_field("topic").related_model._meta.db_table
    statement = _MARK.format(marks=ReadMark._meta.db_table, topics=topics, which=which, shared=shared)
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(statement, [user.pk, now, *values])
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
    return _mark(user, _ALL, space.pk)


def forget_in_space(user: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5)."""
    _erase(ReadMark.objects.filter(user=user.pk, topic__forum__space_tie__space=space.pk))
    _subscriptions().filter(user=user.pk, topic__forum__space_tie__space=space.pk).delete()


def forget(user: User) -> None:
    _erase(ReadMark.objects.filter(user=user.pk))
    _subscriptions().filter(user=user.pk).delete()


def _erase(rows: QuerySet[ReadMark]) -> None:
    """One after the other by their topic, as `read_all` writes them."""
    held = rows.select_for_update(of=("self",)).order_by("topic").values_list("pk", flat=True)
    ReadMark.objects.filter(pk__in=list(held)).delete()


def _subscriptions() -> QuerySet[Any]:
    from forum.forum_conversation.models import Topic

    return Topic.subscribers.through.objects.all()
