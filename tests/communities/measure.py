"""make measure: what the pages of spaces cost in a large world, and how the database finds its way.

1,000 spaces of which one person is in 100, and one space with 1,000 members and 10,000 rows of everything. Numbers of
queries are asserted, against those of a small world; times are printed. No test_*.py: the suite leaves it out.
"""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.invitations.models import Invitation
from communities.library.models import LibraryItem
from communities.models import Activity, JoinRequest, Membership, Notification, Record, Space, SpaceText
from communities.roles import JoinPolicy, Visibility
from forum.forum_conversation.models import Post, Topic
from forum.posting import open_topic
from profiles.models import Profile, User

MOST_QUERIES = 10
ROWS = 10_000
SPACES, MINE, MEMBERS = 1_000, 100, 1_000
POLICIES = [
    (Visibility.PUBLIC, JoinPolicy.OPEN),
    (Visibility.NETWORK, JoinPolicy.OPEN),
    (Visibility.CLOSED, JoinPolicy.REQUEST),
    (Visibility.HIDDEN, JoinPolicy.INVITE),
]
OF_SPACE = ("space", "about", "members", "settings", "desk", "readers", "requests", "invitations", "record")
OWN = ("spaces", "feed", "notifications")


@pytest.fixture
def world(cast, closed_space):
    """`world(large)`: rows straight into the tables, as no verb is timed here."""

    def make(me, spaces, mine, members, rows):
        fill_spaces(me, spaces, mine)
        people = fill_members(closed_space, members)
        fill_rows(closed_space, me, people, rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    return make


def fill_spaces(me, spaces, mine):
    made = Space.objects.bulk_create(
        Space(slug=f"measured-{spaces}-{n}", visibility=POLICIES[n % 4][0], join_policy=POLICIES[n % 4][1])
        for n in range(spaces)
    )
    SpaceText.objects.bulk_create(
        SpaceText(space=space, language=code, name=f"Measured {n} {code}")
        for n, space in enumerate(made)
        for code in ("en", "fr", "ar")
    )
    Membership.objects.bulk_create(Membership(space=space, user=me) for space in made[:mine])
    # Others in each, so that the table of memberships is worth an index.
    others = list(User.objects.exclude(pk=me.pk)[:8])
    Membership.objects.bulk_create(Membership(space=space, user=other) for space in made for other in others)


def fill_members(space, members):
    people = User.objects.bulk_create(
        User(
            email=f"m{n}.{members}@measured.example",
            display_name=f"Person {n}",
            is_approved=True,
            language="fr",
        )
        for n in range(members)
    )
    Profile.objects.bulk_create((Profile(user=person) for person in people), ignore_conflicts=True)
    Membership.objects.bulk_create(Membership(space=space, user=person) for person in people)
    return people


def fill_rows(space, me, people, rows):
    now = timezone.now()
    topic = open_topic(space, me, "Measured", "text", "en")
    forum, first = topic.forum_id, topic.first_post
    topics = Topic.objects.bulk_create(
        Topic(forum_id=forum, poster=me, subject=f"T{n}", slug=f"t{n}", type=0, status=0, language="en",
              posts_count=1, first_post=first, last_post=first, last_post_on=now)
        for n in range(rows)
    )  # fmt: skip
    Post.objects.bulk_create(
        (Post(topic=each, poster=me, subject="s", content="text", language="en") for each in topics),
        batch_size=500,
    )
    activities = Activity.objects.bulk_create(
        Activity(kind="topic_posted", actor=me, space=space, target_id=topics[n].pk) for n in range(rows)
    )
    Notification.objects.bulk_create(Notification(activity=each, recipient=me) for each in activities)
    Record.objects.bulk_create(Record(verb="role_changed", actor=me, space=space) for n in range(rows))
    asking = JoinRequest.objects.bulk_create(
        JoinRequest(space=space, user=person, language="fr") for person in people
    )
    assert asking
    LibraryItem.objects.bulk_create(each for each in library(space, me, rows // 2))
    Invitation.objects.bulk_create(
        Invitation(
            space=space,
            email=f"i{n}.{rows}@measured.example",
            language="fr",
            expires_at=now + timedelta(days=9),
        )
        for n in range(rows)
    )


def library(space, me, number):
    for n in range(number):
        item = LibraryItem(space=space, kind="link", name=f"Link {n}", url="https://a.example/", language="en",
                           created_by=me, changed_by=me)  # fmt: skip
        item.sort()
        yield item


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        began = time.perf_counter()
        answer = client.get(address)
        spent = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, address
    slowest = max((query for query in seen.captured_queries), key=lambda query: float(query["time"]))
    return len(seen), spent, len(answer.content) / 1000, slowest


def addresses(space):
    return (
        {name: reverse(f"communities:{name}", args=[space.slug]) for name in OF_SPACE}
        | {name: reverse(f"communities:{name}") for name in OWN}
        | {"library": reverse("library:library", args=[space.slug])}
    )


def test_pages(facilitator, closed_space, client_of, world, furnished, warm, capsys):
    client = client_of(facilitator)
    world(facilitator, 10, 10, 10, 10)
    few = {name: cost(client, url) for name, url in addresses(closed_space).items()}
    world(facilitator, SPACES, MINE, MEMBERS, ROWS)
    many = {name: cost(client, url) for name, url in addresses(closed_space).items()}
    with capsys.disabled():
        print(f"\n{connection.vendor}\n{'queries':>12} {'ms':>12} {'KB':>12}  page (10 rows, {ROWS} rows)")
        for name in few:
            (a, b, c, _q), (d, e, f, slow) = few[name], many[name]
            print(
                f"{a:5} {d:6} {b:5.0f} {e:6.0f} {c:5.0f} {f:6.0f}  {name}   slowest {slow['time']}: {slow['sql'][:120]}"
            )
    wrong = {
        name: (few[name][0], many[name][0])
        for name in few
        if not few[name][0] == many[name][0] <= MOST_QUERIES
    }
    assert wrong == {}


def test_plans(facilitator, stranger, closed_space, world, capsys):
    world(facilitator, SPACES, MINE, MEMBERS, ROWS)
    asked = {
        "Space.known_to": Space.objects.known_to(facilitator),
        "Topic.visible_to": Topic.objects.visible_to(facilitator).order_by("-last_post_on")[:20],
        "Post.visible_to": Post.objects.visible_to(facilitator).order_by("-pk")[:20],
        "Activity.in_spaces_of": Activity.objects.in_spaces_of(facilitator).order_by("-created_at", "-pk")[
            :30
        ],
        "Notification.visible_to": Notification.objects.visible_to(facilitator).order_by("-pk")[:30],
        "LibraryItem.of": LibraryItem.objects.of(closed_space).with_line()[:50],
        "LibraryItem.visible_to": LibraryItem.objects.visible_to(facilitator).order_by("-pk")[:30],
        "members": closed_space.memberships.in_force().order_by("-role", "user__display_name", "pk")[:50],
    }
    with capsys.disabled():
        for name, rows in asked.items():
            how = {"analyze": True} if connection.vendor == "postgresql" else {}
            print(f"\n--- {connection.vendor}: {name}\n{rows.explain(**how)}")
