"""The same word to a post from two fingers at once, and given while it is taken back: real commits, put back
by hand."""

import pytest
from django.db import connection, connections
from django.urls import reverse

from communities import joining
from communities.models import Space
from communities.roles import Role
from forum.forum_conversation.models import Topic
from forum.models import Reaction
from forum.posting import open_topic
from profiles.models import User
from tests.forum.test_polling_race import at_once

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite writes one after the other anyway"
)
ROUNDS = 5


@pytest.fixture
def post(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        person = User.objects.create_user("react@cast.example", None, display_name="R", is_approved=True)
        space = Space.objects.create(slug="s-of-reactions", visibility="hidden", join_policy="invite")
        topic = None
        try:
            joining.join(space, person, role=Role.MEMBER)
            topic = open_topic(space, person, "S", "Words", "en")
            yield topic.first_post, person
        finally:
            if topic is not None:
                node = topic.forum
                Reaction.objects.filter(person=person).delete()
                Topic.objects.filter(pk=topic.pk).delete()
                space.delete()
                node.delete()
            person.delete()
            connections.close_all()


@pytest.fixture
def sends(post, client_of, settings):
    """`sends("give")` makes a deed: one tap, with the answer that everybody gets."""
    settings.FORUM_MOST_A_MINUTE = {**settings.FORUM_MOST_A_MINUTE, "react": 1000}
    thing, person = post
    url = reverse("forum:reactions", args=[thing.topic.space.slug, thing.public_id])

    def make(name, kind="thanks"):
        client = client_of(person)

        def deed():
            status = client.post(url, {name: kind}).status_code
            assert status == 302, status

        return deed

    return make


def said(post):
    return sorted(Reaction.objects.filter(post=post).values_list("kind", flat=True))


def test_same_word_given_twice_at_once_is_one(post, sends):
    for _round in range(ROUNDS):
        Reaction.objects.filter(post=post[0]).delete()
        at_once(sends("give"), sends("give"), sends("give", "agree"))
        assert said(post[0]) == ["agree", "thanks"]


def test_word_given_while_it_is_taken_back_is_there_or_not(post, sends):
    for number in range(ROUNDS):
        Reaction.objects.filter(post=post[0]).delete()
        if number % 2:
            sends("give")()
        at_once(sends("give"), sends("take"), sends("give"), sends("take"))
        assert said(post[0]) in ([], ["thanks"])
        at_once(sends("take"), sends("take"))
        assert said(post[0]) == []
