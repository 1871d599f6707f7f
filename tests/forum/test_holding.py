"""Who comes at the same moment waits for the right thing, and never for each other: real commits, put back by hand."""

from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from communities import joining
from communities.models import Space
from communities.roles import Role
from forum import drafts, scheduling
from forum.forum_conversation.models import Post, Topic
from forum.models import Draft
from forum.pace import TooSoon
from forum.posting import open_topic, reply
from profiles.models import User
from tests.forum.test_polling_race import at_once

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite writes one after the other anyway"
)
ROUNDS = 5


@pytest.fixture
def here(django_db_setup, django_db_blocker):
    """(space, who looks after it, three members)"""
    with django_db_blocker.unblock():
        people = [
            User.objects.create_user(f"hold{n}@cast.example", None, display_name=f"H {n}", is_approved=True)
            for n in range(4)
        ]
        space = Space.objects.create(slug="s-of-holding", visibility="hidden", join_policy="invite")
        try:
            for person in people:
                joining.join(space, person, role=Role.MEMBER if person != people[0] else Role.FACILITATOR)
            yield space, people[0], people[1:]
        finally:
            node = space.forum_tie.forum
            Topic.objects.filter(forum=node).delete()
            space.delete()
            node.delete()
            User.objects.filter(pk__in=[person.pk for person in people]).delete()
            connections.close_all()


def fresh(topic):
    return Topic.objects.with_space().get(pk=topic.pk)


def test_slow_space_takes_one_post_of_two_sent_at_once_to_two_topics(here):
    space, facilitator, (person, *_others) = here
    space.slow_minutes = 5
    space.save()
    topics = [open_topic(space, facilitator, f"Topic {number}", "Words", "en") for number in range(2)]
    mine, refused = Post.objects.filter(poster=person), []

    def answers(topic):
        try:
            reply(fresh(topic), User.objects.get(pk=person.pk), "At once")
        except TooSoon:
            refused.append("answer")

    def opens():
        try:
            open_topic(Space.objects.get(pk=space.pk), User.objects.get(pk=person.pk), "New", "Words", "en")
        except TooSoon:
            refused.append("topic")

    for number in range(1, ROUNDS + 1):
        mine.update(created="2020-01-01T00:00Z")
        at_once(lambda: answers(topics[0]), lambda: answers(topics[1]), opens)
        assert (mine.count(), len(refused)) == (number, number * 2)


def test_button_pressed_at_the_hour_of_the_draft_publishes_it(here, slowly):
    space, facilitator, (person, *_others) = here
    topic = open_topic(space, facilitator, "Topic", "Words", "en")
    slowly(scheduling, "_require_complete")
    for place in (topic, None):
        draft = drafts.keep(person, space, place, subject="New", content="Begun", language="en")
        scheduling.schedule(draft, timezone.now() - timedelta(minutes=1))

        def presses(place=place):
            if place:
                reply(fresh(place), person, "Begun")
            else:
                open_topic(space, person, "New", "Begun", "en")

        at_once(scheduling.tick, presses)
        assert not Draft.objects.filter(user=person).exists()
        assert Post.objects.filter(poster=person, topic__subject="Topic" if place else "New").exists()
