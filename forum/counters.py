"""machina's counters counted anew, with its own meaning: approved topics and posts only. Readers' marks with them:
what a reader has seen is counted as the topic is."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from machina.apps.forum.models import Forum

from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_forums
from forum.models import ReadMark


def recount(topic: Topic) -> None:
    """One topic, its marks and its forum, under the topic's row lock. Posting moves the counters by one instead."""
    recount_topic(topic.pk)
    recount_marks(topic.pk)
    recount_forum(topic.forum_id)


def recount_topic(topic_id: int) -> None:
    Topic.objects.filter(pk=topic_id).update(**counted([topic_id])[topic_id])


def recount_marks(topic_id: int) -> None:
    """A mark whose post stands in another topic now names the last one before it that stands here."""
    here = (
        Post.objects.filter(topic=OuterRef("topic"), pk__lte=OuterRef("post"))
        .order_by("-pk")
        .values("pk")[:1]
    )
    ReadMark.objects.filter(topic=topic_id).update(count=seen(), post=Coalesce(Subquery(here), F("post")))


def recount_forum(forum_id: int) -> None:
    """The row is held before anything is counted: what another writer adds to it afterwards is not lost."""
    hold_forums([forum_id])
    Forum.objects.filter(pk=forum_id).update(**counted_in(forum_id))


def counted(topic_ids: list[int]) -> dict[int, dict[str, Any]]:
    """Columns of each topic as its posts say."""
    shown = Q(approved=True)
    rows = Post.objects.filter(topic__in=topic_ids).order_by().values("topic")
    found = {
        row.pop("topic"): row
        for row in rows.annotate(
            posts_count=Count("pk", filter=shown),
            first_post=Min("pk"),
            last_post=Max("pk", filter=shown),
            last_post_on=Max("created", filter=shown),
        )
    }
    none = {"posts_count": 0, "first_post": None, "last_post": None, "last_post_on": None}
    return {pk: found.get(pk, none) for pk in topic_ids}


def counted_in(forum_id: int) -> dict[str, Any]:
    """Columns of a forum as its topics say."""
    topics = Topic.objects.filter(forum=forum_id, approved=True)
    totals = topics.aggregate(topics=Count("pk"), posts=Sum("posts_count"))
    latest = topics.order_by("-last_post_on", "-last_post").values("last_post", "last_post_on").first() or {}
    return {
        "direct_topics_count": totals["topics"],
        "direct_posts_count": totals["posts"] or 0,
        "last_post": latest.get("last_post"),
        "last_post_on": latest.get("last_post_on"),
    }


def seen() -> Coalesce:
    """Of a mark: how many posts stand in its topic up to the one it names."""
    posts: QuerySet[Post] = Post.objects.filter(
        topic=OuterRef("topic"), approved=True, pk__lte=OuterRef("post")
    )
    number = posts.order_by().values("topic").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
