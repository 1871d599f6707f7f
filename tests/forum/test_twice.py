"""Sent, no answer, corrected, sent again: both texts are shown, nothing is doubled, nothing is lost."""

import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from communities.models import Submission
from forum import moderation
from forum.forum_conversation.models import Post, Topic
from tests.files.pictures import upload
from tests.forum.test_views import address, words


@pytest.fixture
def place(request, closed_space, topic_in):
    """(address, what one sends there) of a reply and of a topic."""
    if request.param == "reply":
        return topic_in(closed_space).get_absolute_url(), {}
    return address(closed_space, name="forum:topic_new"), {"subject": "A title"}


PLACES = pytest.mark.parametrize("place", ["reply", "topic"], indirect=True)


def sent(client, member, place, **data):
    url, more = place
    return client.post(url, words(member, "topic" if more else "reply", **more, **data))


@PLACES
def test_same_key_with_other_words_shows_both_and_takes_either_way_on(client_of, member, place):
    client = client_of(member)
    form = words(member, "topic" if place[1] else "reply", **place[1])
    client.post(place[0], form | {"content": "the first zqone"})
    count = Post.objects.count()
    answer = client.post(place[0], form | {"content": "the second zqtwo"})
    assert (answer.status_code, Post.objects.count()) == (409, count)
    assert "the first zqone" in answer.text and "the second zqtwo" in answer.text
    first = Post.objects.latest("pk")
    edit_url = reverse("forum:post_edit", args=[first.topic.space.slug, first.public_id])
    assert f'formaction="{edit_url}"' in answer.text
    fresh = re.search(r'name="key" value="([^"]+)"', answer.text)[1]
    again = form | {"content": "the second zqtwo", "key": fresh}
    places = {client.post(place[0], again)["Location"] for _ in range(2)}
    assert len(places) == 1 and Post.objects.count() == count + 1


@PLACES
def test_words_are_kept_when_the_first_is_out_of_sight(client_of, member, moderator, place):
    client, form = client_of(member), words(member, "topic" if place[1] else "reply", **place[1])
    client.post(place[0], form | {"content": "the first zqone"})
    moderation.hide(Post.objects.select_related("topic").latest("pk"), by=moderator)
    answer = client.post(place[0], form | {"content": "the second zqtwo"})
    # A topic that was hidden is not there any more, a reply to another one is.
    assert answer.status_code == 409 and "zqtwo" in answer.text
    assert "zqone" not in answer.text and "formaction" not in answer.text


def test_other_files_or_another_language_are_other_words(client_of, member, closed_space, topic_in):
    topic, client, form = topic_in(closed_space), client_of(member), words(member)
    client.post(topic.get_absolute_url(), form)
    statuses = [
        client.post(topic.get_absolute_url(), form | more).status_code
        for more in ({}, {"language": "ar"}, {"files": [upload()]})
    ]
    assert statuses == [302, 409, 409]
    assert Topic.objects.get(pk=topic.pk).posts_count == 2


def test_no_word_is_kept_with_the_key(client_of, member, closed_space, topic_in):
    client_of(member).post(topic_in(closed_space).get_absolute_url(), words(member, content="zqsecret"))
    row = Submission.objects.get()
    assert len(row.digest) == 64 and "zqsecret" not in str(vars(row))


@PLACES
def test_sending_that_is_held_up_says_so_and_keeps_words_and_key(client_of, member, place, monkeypatch):
    """Another writer holds the database (SQLite), or the first sending still holds its key (PostgreSQL)."""

    class Busy(Exception):
        sqlite_errorcode = 5

    def held_up(*args, **kwargs):
        raise OperationalError("database is locked") from Busy()

    for verb in ("replies.reply", "opening.open_topic"):
        monkeypatch.setattr(f"forum.views.{verb}", held_up)
    answer = sent(client_of(member), member, place, content="many words <b> zqhere", key="a:b:c")
    assert answer.status_code == 200  # a key that does not hold is told first
    form = words(member, "topic" if place[1] else "reply", **place[1])
    answer = client_of(member).post(place[0], form | {"content": "many words <b> zqhere"})
    assert answer.status_code == 503 and answer["Retry-After"]
    assert "many words &lt;b&gt; zqhere" in answer.text and form["key"] in answer.text
    assert f'href="{place[0].removesuffix("new/")}"' in answer.text
