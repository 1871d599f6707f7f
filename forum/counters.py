"""machina's counters counted anew, with its own meaning: approved topics and posts only."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Sum
from machina.apps.forum.models import Forum

from forum.forum_conversation.models import Post, Topic


def recount(topic: Topic) -> None:
    """One topic and its forum. Posting moves the counters by one instead."""
    posts = Post.objects.filter(topic=topic.pk)
    shown = posts.filter(approved=True).aggregate(count=Count("pk"), last=Max("pk"), last_on=Max("created"))
    Topic.objects.filter(pk=topic.pk).update(
        posts_count=shown["count"],
        first_post=posts.aggregate(first=Min("pk"))["first"],
        last_post=shown["last"],
        last_post_on=shown["last_on"],
    )
    recount_forum(topic.forum_id)


def recount_forum(forum_id: int) -> None:
    topics = Topic.objects.filter(forum=forum_id, approved=True)
    totals = topics.aggregate(topics=Count("pk"), posts=Sum("posts_count"))
    latest = topics.order_by("-last_post_on").values("last_post", "last_post_on").first() or {}
    Forum.objects.filter(pk=forum_id).update(
        direct_topics_count=totals["topics"],
        direct_posts_count=totals["posts"] or 0,
        last_post=latest.get("last_post"),
        last_post_on=latest.get("last_post_on"),
    )
