"""How far people have read, when posts go to another topic. Rather shown as new once more than never seen."""

from __future__ import annotations

from typing import Final

from django.db.models import Max, Min

from forum.forum_conversation.models import Post, Topic
from forum.models import ReadMark

BATCH: Final = 500
END: Final = 2**62  # after every post


def copy(old: Topic, new: Topic, *, from_post: int) -> None:
    """For posts split off: whoever has read so far has read them in the new topic too. Counts are put right after."""
    rows = ReadMark.objects.filter(topic=old.pk, post__gte=from_post).values("user", "post", "at")
    ReadMark.objects.bulk_create(
        (
            ReadMark(user_id=row["user"], topic=new, post=row["post"], count=0, at=row["at"])
            for row in rows.iterator(chunk_size=BATCH)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def first_unread(*topics: Topic) -> dict[int, int]:
    """person -> the first post of all these topics that they have not read, END when there is none."""
    found: dict[int, int] = {}
    for user in (
        ReadMark.objects.filter(topic__in=topics).order_by().values_list("user", flat=True).distinct()
    ):
        found[user] = min(_first_unread(user, topic) for topic in topics)
    return found


def put_anew(topic: Topic, unread: dict[int, int]) -> None:
    """Up to what is unread, in the topic that holds all of them now. Nothing read: no mark. Counts are put right
    after."""
    own = ReadMark.objects.filter(topic=topic.pk)
    for user, post in unread.items():
        shown = Post.objects.filter(topic=topic.pk, approved=True, pk__lt=post).order_by()
        last = shown.aggregate(last=Max("pk"))["last"]
        if last is None:
            own.filter(user=user).delete()
        else:
            own.update_or_create(
                user_id=user, topic=topic, defaults={"post": last}, create_defaults={"post": last, "count": 0}
            )


def _first_unread(user: int, topic: Topic) -> int:
    read = ReadMark.objects.filter(user=user, topic=topic.pk).values_list("post", flat=True).first() or 0
    later = Post.objects.filter(topic=topic.pk, approved=True, pk__gt=read).order_by()
    return later.aggregate(first=Min("pk"))["first"] or END
