"""One word of a reader to a post."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Space
from forum import moderation
from forum.models import Reaction
from forum.posting import reply
from forum.talking import reactions


@pytest.fixture
def post(closed_space, topic_in):
    topic = topic_in(closed_space)
    topic.first_post.topic = topic
    return topic.first_post


def address(post, name="reactions"):
    return reverse(f"forum:{name}", args=[post.topic.space.slug, post.public_id])


def rows():
    return sorted(Reaction.objects.values_list("person__display_name", "kind"))


def test_reaction_is_given_once_and_taken_back(client_of, member, post):
    client = client_of(member)
    places = [client.post(address(post), {"give": "thanks"})["Location"] for _ in range(2)]
    assert places == [f"{post.topic.get_absolute_url()}#p{post.public_id}"] * 2
    client.post(address(post), {"give": "with_you"})
    assert rows() == [("Member", "thanks"), ("Member", "with_you")]
    for _ in range(2):
        client.post(address(post), {"take": "thanks"})
    assert rows() == [("Member", "with_you")]


def test_page_counts_and_marks_ones_own(client_of, member, moderator, observer, post):
    for person, kind in ((member, "agree"), (moderator, "agree"), (moderator, "doubt")):
        reactions.give(post, person, kind, post.topic.space)
    page = client_of(member).get(post.topic.get_absolute_url()).text
    own, other = (
        re.search(rf'<button class="chip"[^>]*value="{kind}"[^>]*>', page)[0] for kind in ("agree", "doubt")
    )
    assert 'name="take"' in own and 'aria-pressed="true"' in own
    assert 'name="give"' in other and 'aria-pressed="false"' in other
    assert "I agree <b>2</b>" in page and "I have a doubt <b>1</b>" in page
    seen = client_of(observer).get(post.topic.get_absolute_url()).text
    assert "I agree <b>2</b>" in seen and 'form="react"' not in seen


@pytest.mark.parametrize("sent", [{}, {"give": "hate"}, {"take": ""}, {"give": "<b>"}])
def test_unknown_word_is_the_ordinary_404(client_of, member, post, sent):
    assert client_of(member).post(address(post), sent).status_code == 404
    assert rows() == []


def test_whoever_may_not_write_does_not_react(client_of, observer, stranger, member, moderator, post):
    for person in (observer, stranger):
        assert client_of(person).post(address(post), {"give": "thanks"}).status_code == 403
    moderation.hide(post, by=moderator)
    assert client_of(member).post(address(post), {"give": "thanks"}).status_code == 404
    assert rows() == []


def test_who_it_was_is_for_those_inside_who_see_one_another(
    client, client_of, member, observer, stranger, public_space, topic_in
):
    topic = topic_in(public_space)
    topic.first_post.topic = topic
    reactions.give(topic.first_post, member, "thanks", public_space)
    url = address(topic.first_post)
    assert "Member" in client_of(observer).get(url).text
    for reader in (client, client_of(stranger)):
        page = reader.get(topic.get_absolute_url()).text
        assert "Thank you <b>1</b>" in page and "<bdi>Member</bdi>" not in page and url not in page
        assert reader.get(url).status_code == 403
    Space.objects.filter(pk=public_space.pk).update(shows_members=False)
    assert client_of(observer).get(url).status_code == 403


def test_script_gets_what_stands_below_the_post(client_of, member, post):
    answer = client_of(member).post(address(post), {"give": "useful"}, headers={"X-Fragment": "1"})
    assert answer.status_code == 200 and answer.text.startswith('<details class="menu">')
    assert "<html" not in answer.text and 'value="useful"' in answer.text


@pytest.mark.usefixtures("windows_begun")
def test_too_many_at_once_are_refused_in_words(client_of, member, post, monkeypatch):
    monkeypatch.setitem(settings.FORUM_MOST_A_MINUTE, "react", 1)
    client = client_of(member)
    for kind in ("thanks", "agree", "useful"):
        answer = client.post(address(post), {"give": kind}, follow=True)
    assert "Please wait a minute" in answer.text and len(rows()) < 3
    assert client.post(address(post), {"give": "doubt"}, headers={"X-Fragment": "1"}).status_code == 429


def test_reactions_cost_one_query_for_the_whole_page(client_of, member, moderator, closed_space, topic_in):
    topic, client, counts = topic_in(closed_space, replies=9), client_of(member), []
    for most in (0, 1, 10):
        for post in topic.posts.order_by("pk")[:most]:
            reactions.give(post, moderator, "thanks", closed_space)
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(topic.get_absolute_url())
        counts.append(len(asked))
    assert counts[1:] == [counts[0] + 1] * 2


def test_budget_of_a_topic_page_holds(furnished, client, client_of, member, public_space, topic_in, warm):
    """speed.md: 6 as a visitor, 8 as a member, one more for reactions."""
    topic = topic_in(public_space, replies=18)
    reply(topic, member, "An answer", answers_to=topic.first_post)
    for reader, most in ((client, 6), (client_of(member), 8)):
        for _ in range(2):
            reader.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            reader.get(topic.get_absolute_url())
        assert len(asked) <= most, [each["sql"] for each in asked]
