"""Everything at once, on PostgreSQL: no deadlock, and afterwards every counter is what a recount says.

In a copy of the suite's database, because what several connections do must be committed.
"""

import random
import threading

import pytest
from django.db import connection, connections

from communities.models import Space
from communities.permissions import Refused
from communities.roles import Visibility
from forum import moderation
from forum.forum_conversation.models import Post, Topic
from forum.holding import TopicGone
from forum.models import Hiding
from forum.posting import TopicLocked, edit, open_topic, reply
from forum.recounting import differences
from forum.views.places import address_of
from profiles.models import User

WRITERS, DEEDS, TOPICS = 6, 30, 4
# What may be answered to somebody who is a moment late.
LATE = (TopicGone, TopicLocked, Refused, Topic.DoesNotExist, Post.DoesNotExist)


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


class Writer(threading.Thread):
    def __init__(self, number, people, client_of):
        super().__init__()
        self.chance, self.people, self.client_of = random.Random(number), people, client_of
        self.wrong = []

    def run(self):
        try:
            for _deed in range(DEEDS):
                deed = self.chance.choice(DEEDS_OF)
                try:
                    deed(self)
                except LATE:
                    continue
                except Exception as error:
                    self.wrong.append(f"{deed.__name__}: {error!r}")
        finally:
            connections.close_all()

    def topic(self):
        rows = Topic.objects.with_space().filter(approved=True).order_by("pk")
        return self.chance.choice(list(rows))

    def post(self, **which):
        rows = Post.objects.with_space().filter(**which).order_by("pk")
        found = list(rows)
        if not found:
            raise Post.DoesNotExist
        return self.chance.choice(found)


def opens(writer):
    space = writer.chance.choice(list(Space.objects.filter(visibility__in=["closed", "network"])))
    open_topic(space, writer.people["member"], "Subject", "Opening", "en")


def answers(writer):
    reply(writer.topic(), writer.people["member"], "Answer")


def changes(writer):
    edit(
        writer.post(approved=True, poster=writer.people["member"]), writer.people["member"], content="Changed"
    )


def hides(writer):
    moderation.hide(writer.post(approved=True), by=writer.people["moderator"])


def restores(writer):
    moderation.restore(writer.post(hiding__isnull=False), by=writer.people["moderator"])


def locks(writer):
    topic = writer.topic()
    moderation.lock(topic, by=writer.people["moderator"])
    moderation.unlock(topic, by=writer.people["moderator"])


def pins(writer):
    topic = writer.topic()
    moderation.pin(topic, by=writer.people["facilitator"])
    moderation.unpin(topic, by=writer.people["facilitator"])


def settles(writer):
    post = writer.post(approved=True)
    moderation.report(post, by=writer.people["observer"], reason="spam")
    moderation.settle(post, by=writer.people["moderator"])


DEEDS_OF = [opens, *[answers] * 6, *[changes] * 2, *[hides] * 2, *[restores] * 2, locks, pins, settles]


def test_whatever_happens_at_once_the_counters_are_those_of_a_recount(copied_database, client_of):
    """In a thread, because this one's connection is closed."""
    from concurrent.futures import ThreadPoolExecutor

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
    for space in Space.objects.filter(visibility__in=[Visibility.CLOSED, Visibility.NETWORK]):
        for number in range(TOPICS):
            topic = open_topic(space, people["member"], f"Topic {number}", "Opening", "en")
            for _reply in range(3):
                reply(topic, people["facilitator"], "Answer")
    writers = [Writer(number, people, client_of) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [line for writer in writers for line in writer.wrong] == []
    assert [str(difference) for difference in differences(put_right=False)] == []
    _hidden_stays_unfound()
    shown = Post.objects.with_space().filter(approved=True, topic__approved=True)
    assert Post.objects.count() > 60 and all(address_of(post) for post in shown[:20])


def _hidden_stays_unfound():
    """The search finds what is shown, and nothing else."""
    from search.models import SearchEntry

    shown = Post.objects.filter(approved=True, topic__approved=True)
    found = set(SearchEntry.objects.filter(kind="post").values_list("object_id", flat=True))
    openings = set(Topic.objects.exclude(first_post=None).values_list("first_post", flat=True))
    assert found == set(shown.values_list("pk", flat=True)) - openings
    topics = set(SearchEntry.objects.filter(kind="topic").values_list("object_id", flat=True))
    assert topics == set(Topic.objects.filter(approved=True).values_list("pk", flat=True))
    assert Hiding.objects.count() == Post.objects.filter(approved=False).count()
