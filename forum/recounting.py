"""All counters of the forum against what is there: `manage.py recount_forum`.

Looked through in batches without a lock; what differs is looked at again with its row held, so that somebody who
writes at the same moment is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet
from machina.apps.forum.models import Forum

from forum import counters
from forum.forum_conversation.models import Topic
from forum.holding import hold_forums
from forum.models import ReadMark

BATCH: Final = 500
IN_TOPIC: Final = ("posts_count", "first_post", "last_post", "last_post_on")
IN_FORUM: Final = ("direct_topics_count", "direct_posts_count", "last_post", "last_post_on")


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` is "topic", "forum" or "mark". Ids and numbers only: this is read in logs."""

    what: str
    pk: int
    column: str
    kept: Any
    counted: Any

    def __str__(self) -> str:
        return f"{self.what} {self.pk}: {self.column} is {self.kept}, counted {self.counted}"


def differences(*, put_right: bool) -> Iterator[Difference]:
    """Topics first: a forum is counted from them."""
    yield from _sure(Topic.objects.all(), _of_topics, _topic_held, put_right)
    yield from _sure(ReadMark.objects.all(), _of_marks, _mark_held, put_right)
    yield from _sure(Forum.objects.all(), _of_forums, _forum_held, put_right)


def _sure(
    rows: QuerySet[Any],
    compare: Callable[[list[int]], Iterator[Difference]],
    hold_and_correct: Callable[[int, bool], list[Difference]],
    put_right: bool,
) -> Iterator[Difference]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        for pk in sorted({difference.pk for difference in compare(ids)}):
            with transaction.atomic():
                found = hold_and_correct(pk, put_right)
            yield from found


def _of_topics(ids: list[int]) -> Iterator[Difference]:
    counted = counters.counted(ids)
    for row in Topic.objects.filter(pk__in=ids).order_by("pk").values("pk", *IN_TOPIC):
        yield from _compared("topic", row, counted[row["pk"]])


def _of_forums(ids: list[int]) -> Iterator[Difference]:
    for row in Forum.objects.filter(pk__in=ids).order_by("pk").values("pk", *IN_FORUM):
        yield from _compared("forum", row, counters.counted_in(row["pk"]))


def _of_marks(ids: list[int]) -> Iterator[Difference]:
    rows = ReadMark.objects.filter(pk__in=ids).annotate(counted=counters.seen()).exclude(count=F("counted"))
    for pk, kept, counted in rows.order_by("pk").values_list("pk", "count", "counted"):
        yield Difference("mark", pk, "count", kept, counted)


def _compared(what: str, row: dict[str, Any], counted: dict[str, Any]) -> Iterator[Difference]:
    for column, value in counted.items():
        if row[column] != value:
            yield Difference(what, row["pk"], column, row[column], value)


def _topic_held(pk: int, put_right: bool) -> list[Difference]:
    Topic.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=pk)
    found = list(_of_topics([pk]))
    if found and put_right:
        counters.recount_topic(pk)
    return found


def _mark_held(pk: int, put_right: bool) -> list[Difference]:
    topic = ReadMark.objects.filter(pk=pk).values_list("topic", flat=True).first()
    if topic is None:
        return []
    Topic.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=topic)
    found = list(_of_marks([pk]))
    if found and put_right:
        ReadMark.objects.filter(pk=pk).update(count=counters.seen())
    return found


def _forum_held(pk: int, put_right: bool) -> list[Difference]:
    hold_forums([pk])
    found = list(_of_forums([pk]))
    if found and put_right:
        counters.recount_forum(pk)
    return found
