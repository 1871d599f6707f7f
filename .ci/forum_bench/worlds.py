"""Run with the settings of one of the two: makes its world, prints where to look and the cookies of a reader.

`python -m forum_bench.worlds ours 20000` or `… stock`.
"""

import json
import logging
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

SPACES, MEMBERS = 50, 1000
# Posts of the longest topic, whose last page is measured.
LONGEST = 10_000
# Rows of machina's that both have, in the order in which they refer to each other.
TABLES = ("forum_forum", "forum_conversation_topic", "forum_conversation_post")


def ours(posts: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    from forum.forum_conversation.models import Post

    if Post.objects.count() < posts:
        call_command("load_demo", members=MEMBERS, spaces=SPACES, posts=posts)
        lengthen(LONGEST)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return ours_at()


def lengthen(most: int) -> None:
    """The longest topic of the public spaces, up to so many posts: its own, said again by the same people."""
    from django.utils import timezone

    from forum.forum_conversation.models import Post, Topic

    topic = longest_topic()
    said = list(topic.posts.order_by("pk"))
    now = timezone.now()
    for begin in range(topic.posts_count, most, 1000):
        rows = []
        for number in range(begin, min(begin + 1000, most)):
            like = said[number % len(said)]
            post = Post(
                topic=topic, poster=like.poster, subject=like.subject, language=like.language,
                content=like.content.raw, approved=True, created=now,
            )  # fmt: skip
            post._content_rendered = like._content_rendered
            rows.append(post)
        Post.objects.bulk_create(rows)
    last = Post.objects.filter(topic=topic).order_by("-pk")[0]
    Topic.objects.filter(pk=topic.pk).update(posts_count=most, last_post=last, last_post_on=now)


def longest_topic() -> Any:
    from forum.forum_conversation.models import Topic

    topics = Topic.objects.filter(forum__space_tie__space__visibility="public", approved=True)
    longest = topics.order_by("-posts_count", "pk").first()
    if longest is None or longest.posts_count < 20:
        sys.exit("No public space has a topic of 20 posts: more posts, please.")
    return longest


def ours_at() -> dict[str, Any]:
    from django.urls import reverse
    from django.utils.translation import override

    from communities.models import Membership, Space
    from communities.roles import Role
    from forum.forum_conversation.models import Topic
    from profiles.entrance import charter

    # The largest public space, and in it the shortest topic that fills a page.
    longest = longest_topic()
    space = longest.space
    inside = Topic.objects.filter(forum=longest.forum_id, approved=True)
    full = inside.filter(posts_count__gte=20).order_by("posts_count", "pk")[0]
    reader = (
        Membership.objects.filter(space=space, role=Role.MEMBER, suspended_at=None, user__is_active=True)
        .exclude(user__posts__topic=full)
        .order_by("pk")[0]
        .user
    )
    if charter.accepted_by(reader) < charter.in_force():
        charter.accept(reader, number=charter.in_force(), language="fr")
    with override("fr"):
        below = {
            "topic, 20 posts": full.get_absolute_url(),
            f"last page of {longest.posts_count}": f"{longest.get_absolute_url()}?page={-(-longest.posts_count // 20)}",
            "forum": reverse("forum:topics", args=[space.slug]),
            "space": space.get_absolute_url(),
            "my spaces": reverse("communities:spaces"),
        }
        posting = longest.get_absolute_url()
    return {
        "pages": below,
        "posting": posting,
        "cookies": cookies(reader),
        "language": "fr",
        "spaces": Space.objects.count(),
    }


def stock(posts: int) -> dict[str, Any]:
    """The same rows, copied inside the database."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS stock")
    call_command("migrate", verbosity=0)
    from machina.apps.forum_conversation.models import Post, Topic

    if not Post.objects.exists():
        with connection.cursor() as cursor:
            copy_people(cursor)
            for table in TABLES:
                copy(cursor, table)
            everybody_may(cursor)
            cursor.execute("ANALYZE")
    return stock_at(Topic)


def copy_people(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO stock.auth_user (id, username, password, is_superuser, is_staff, is_active, first_name,"
        " last_name, email, date_joined) SELECT id, 'person' || id, '!', false, false, true, '', '', '', now()"
        " FROM public.profiles_user"
    )


def copy(cursor: Any, table: str) -> None:
    cursor.execute(
        "SELECT a.column_name FROM information_schema.columns a JOIN information_schema.columns b USING (column_name)"
        " WHERE a.table_schema = 'stock' AND b.table_schema = 'public' AND a.table_name = %s AND b.table_name = %s",
        [table, table],
    )
    names = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
    # Topics and posts name each other.
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("SET session_replication_role = replica")
    cursor.execute(f"INSERT INTO stock.{table} ({names}) SELECT {names} FROM public.{table}")
    cursor.execute("SET session_replication_role = origin")
    sequence = f"pg_get_serial_sequence('stock.{table}', 'id')"
    cursor.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM stock.{table}))")


def everybody_may(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO stock.forum_permission_userforumpermission"
        " (has_perm, anonymous_user, authenticated_user, permission_id)"
        " SELECT true, who.anonymous, NOT who.anonymous, id"
        " FROM stock.forum_permission_forumpermission, (VALUES (true), (false)) AS who(anonymous)"
        " WHERE codename IN ('can_see_forum', 'can_read_forum', 'can_start_new_topics', 'can_reply_to_topics',"
        " 'can_post_without_approval')"
    )


def stock_at(topics: Any) -> dict[str, Any]:
    from django.contrib.auth import get_user_model
    from django.urls import reverse

    # The rows that ours are measured by.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id FROM public.forum_conversation_topic t JOIN public.space_forum_spaceforum f"
            " ON f.forum_id = t.forum_id JOIN public.communities_space s ON s.id = f.space_id"
            " WHERE s.visibility = 'public' AND t.approved ORDER BY t.posts_count DESC, t.id LIMIT 1"
        )
        longest = topics.objects.get(pk=cursor.fetchone()[0])
    forum = longest.forum
    full = topics.objects.filter(forum=forum, posts_count__gte=20).order_by("posts_count", "pk")[0]
    per_page = 15
    here = {"forum_slug": forum.slug, "forum_pk": forum.pk}

    def at(topic: Any) -> dict[str, Any]:
        return {**here, "slug": topic.slug, "pk": topic.pk}

    topic, last = reverse("forum_conversation:topic", kwargs=at(full)), -(-longest.posts_count // per_page)
    long = reverse("forum_conversation:topic", kwargs=at(longest))
    reader = get_user_model().objects.order_by("-pk")[0]
    return {
        "pages": {
            "topic, 20 posts": topic,
            f"last page of {longest.posts_count}": f"{long}?page={last}",
            "forum": reverse("forum:forum", kwargs={"slug": forum.slug, "pk": forum.pk}),
            "space": reverse("forum:index"),
        },
        "posting": reverse(
            "forum_conversation:post_create",
            kwargs={**here, "topic_slug": longest.slug, "topic_pk": longest.pk},
        ),
        "cookies": cookies(reader),
        "language": "en",
    }


def cookies(reader: Any) -> dict[str, str]:
    from django.test import Client

    client = Client()
    client.force_login(reader)
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.CRITICAL)
    made = {"ours": ours, "stock": stock}[sys.argv[1]](int(sys.argv[2]))
    print("WORLD " + json.dumps(made))
