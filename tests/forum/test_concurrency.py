"""Everything at once, on PostgreSQL: no deadlock, and afterwards every counter is what a recount says.

In a copy of the suite's database, because what several connections do must be committed.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection, connections
from django.db.models import F

from communities import joining
from communities.models import Membership, Space
from communities.readers import people_reading
from communities.roles import Visibility
from forum import bin, drafts, following, marks, moderation, moving
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.models import Draft, Hiding, ReadMark, Subscription
from forum.posting import open_topic, reply
from forum.recounting import differences
from forum.views.places import address_of
from profiles.models import User
from tests.forum.deeds import ALL, Writer
from tests.forum.test_polling_race import at_once

WRITERS, TOPICS = 6, 4
LONG = 30  # answers: more than one page


@pytest.fixture
def copied_database(db):
    """The suite's own connection is closed, with its transaction: PostgreSQL copies what nobody is in."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    name = connection.settings_dict["NAME"]
    copy = f"{name}_copy"
    connection.close()
    _on_server(
        f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"'
    )
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name
        _on_server(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _on_server(*statements):
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_whatever_happens_at_once_the_counters_are_those_of_a_recount(copied_database, client_of):
    """In a thread, because this one's connection is closed."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(all_at_once, client_of).result()


def all_at_once(client_of):
    try:
        _all_at_once(client_of)
    finally:
        connections.close_all()


def _all_at_once(client_of):
    people = {name: User.objects.get(email=f"{name}@cast.example") for name in
              ("member", "moderator", "facilitator", "observer")}  # fmt: skip
    made = set()
    for space in Space.objects.filter(visibility__in=[Visibility.CLOSED, Visibility.NETWORK]):
        for number in range(TOPICS):
            kind = TopicKind.QUESTION if number % 2 else TopicKind.DISCUSSION
            topic = open_topic(space, people["member"], f"Topic {number}", "Opening", "en", kind=kind)
            answers = [reply(topic, people["facilitator"], "Answer") for _ in range(3 if number else LONG)]
            made |= {topic.first_post_id, *(post.pk for post in answers)}
        # For those who come first with showing again and putting back.
        moderation.hide(answers[0], by=people["moderator"])
        bin.remove(topic.first_post, by=people["member"])
    writers = [Writer(number, people, client_of) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(180)
    assert [line for writer in writers for line in writer.wrong] == []
    assert [str(difference) for difference in differences(put_right=False)] == []
    # None is lost, none is there twice.
    for writer in writers:
        made |= writer.made
    assert set(Post.objects.values_list("pk", flat=True)) == made
    _hidden_stays_unfound()
    _marks_stand_where_their_reader_reads()
    shown = Post.objects.with_space().filter(approved=True, topic__approved=True)
    assert all(address_of(post) for post in shown[:20])
    assert not Post.objects.exclude(answers_to=None).exclude(answers_to__topic=F("topic")).exists()
    assert not Topic.objects.exclude(solution=None).exclude(solution__topic=F("pk")).exists()
    # Every deed was done, and not only refused.
    assert {name for writer in writers for name in writer.done} >= {deed.__name__ for deed in ALL}


def _marks_stand_where_their_reader_reads():
    for mark in ReadMark.objects.select_related("topic__forum__space_tie__space", "user"):
        assert Post.objects.filter(pk=mark.post, topic=mark.topic_id).exists(), mark
        assert mark.count <= mark.topic.posts_count
        assert people_reading(mark.topic.space).filter(pk=mark.user_id).exists()


def _hidden_stays_unfound():
    """The search finds what is shown, and nothing else, with the address where it is shown."""
    from search.models import SearchEntry

    shown = Post.objects.filter(approved=True, topic__approved=True).exclude(_content_rendered="")
    found = SearchEntry.objects.filter(kind="post")
    openings = set(Topic.objects.exclude(first_post=None).values_list("first_post", flat=True))
    assert (
        set(found.values_list("object_id", flat=True)) == set(shown.values_list("pk", flat=True)) - openings
    )
    topics = SearchEntry.objects.filter(kind="topic")
    assert set(topics.values_list("object_id", flat=True)) == set(
        Topic.objects.filter(approved=True).values_list("pk", flat=True)
    )
    for entry in found:
        topic = Post.objects.with_space().get(pk=entry.object_id).topic
        assert (entry.space_id, entry.title) == (topic.space.pk, topic.subject)
    assert Hiding.objects.count() == Post.objects.filter(approved=False).count()


def test_leaving_while_topics_are_merged_waits_and_leaves_nothing(copied_database, slowly):
    """Of what one person has in both topics the merger takes drafts first, and leaving takes marks first."""
    slowly(drafts, "follow_merge")
    slowly(marks, "_subscriptions")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(leave_and_merge).result()


def leave_and_merge():
    try:
        _leave_and_merge()
    finally:
        connections.close_all()


def _leave_and_merge():
    moderator = User.objects.get(email="moderator@cast.example")
    space = Space.objects.get(visibility=Visibility.CLOSED)
    emails = ["member@cast.example", "observer@cast.example", "facilitator@cast.example"]
    memberships = Membership.objects.filter(space=space, user__email__in=emails)
    memberships = list(memberships.select_related("space", "user"))
    people = [membership.user_id for membership in memberships]
    topics = [open_topic(space, moderator, f"Topic {number}", "Words", "en").pk for number in range(2)]
    for user, topic in product([membership.user for membership in memberships], fresh(topics)):
        marks.move(user, topic, post=topic.last_post_id)
        following.follow(user, space, following.Level.EVERYTHING, topic)
        drafts.keep(user, space, topic, content="Begun", language="en")
    leavers = [lambda one=one: joining.leave(one) for one in memberships]
    at_once(lambda: moving.merge(*fresh(topics), by=moderator), *leavers)
    for left in (ReadMark.objects.filter(user__in=people), Draft.objects.filter(user__in=people)):
        assert not left.exists()
    assert len(people) == 3 and not Subscription.objects.filter(person__in=people).exists()
    assert fresh(topics)[1].posts_count == 2


def fresh(topics):
    return list(Topic.objects.with_space().filter(pk__in=topics).order_by("pk"))
