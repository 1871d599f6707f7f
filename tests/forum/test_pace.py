"""Slow mode, and topics that close by themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from communities.models import Record, Space
from forum import moderation, pace
from forum.forum_conversation.models import Post, Topic
from forum.posting import open_topic, reply

START = timezone.now()


def set_space(space, **columns):
    Space.objects.filter(pk=space.pk).update(**columns)
    return Space.objects.get(pk=space.pk)


def late(**parts):
    return time_machine.travel(START + timedelta(**parts), tick=False)


def fresh(topic):
    return Topic.objects.with_space().get(pk=topic.pk)


@pytest.fixture
def topic(topic_in, closed_space):
    with late(minutes=0):
        return topic_in(closed_space)


def test_slow_topic_takes_one_post_per_person_in_a_while_and_keeps_the_words(
    topic, closed_space, topic_in, member, moderator, client_of
):
    url = reverse("forum:pace", args=[closed_space.slug, topic.public_id])
    sent = {"slow_minutes": "15", "closes_after": ""}
    assert client_of(moderator).post(url, sent).status_code == 302
    assert client_of(moderator).post(url, {"slow_minutes": "7"}).status_code == 422
    client = client_of(member)
    with late(minutes=1):
        reply(fresh(topic), member, "First")
        assert "each person writes once in 15 minutes" in client.get(topic.get_absolute_url()).text
        assert "writes once in" not in client_of(moderator).get(topic.get_absolute_url()).text
    with late(minutes=11, seconds=30):
        key = client.get(topic.get_absolute_url()).context["form"].initial["key"]
        words = {"content": "My second answer", "language": "fr", "key": key}
        refused = client.post(topic.get_absolute_url(), words)
        assert refused.status_code == 429
        assert "in 5 minutes" in refused.text and "My second answer</textarea>" in refused.text
        assert reply(fresh(topic), moderator, "Never held up") and reply(fresh(topic), moderator, "Nor here")
        assert reply(topic_in(closed_space), member, "Another topic is not slow")
    with late(minutes=16):
        assert client.post(topic.get_absolute_url(), words).status_code == 302
    assert Post.objects.filter(content="My second answer").count() == 1


def test_slow_space_counts_all_its_topics_and_a_topic_may_be_exempt(
    topic, closed_space, topic_in, member, client_of
):
    other = topic_in(closed_space)
    set_space(closed_space, slow_minutes=5)
    with late(minutes=1):
        reply(fresh(topic), member, "First")
        with pytest.raises(pace.TooSoon) as refusal:
            reply(fresh(other), member, "Second")
        assert refusal.value.minutes == 5
        url = reverse("forum:topic_new", args=[closed_space.slug])
        shown = client_of(member).get(url)
        assert "each person writes once in 5 minutes" in shown.text
        key = shown.context["form"].initial["key"]
        words = {"subject": "A title", "content": "My topic", "language": "fr", "key": key}
        answer = client_of(member).post(url, words)
        assert answer.status_code == 429 and "My topic" in answer.content.decode()
        Topic.objects.filter(pk=other.pk).update(slow_minutes=0)
        assert reply(fresh(other), member, "Second")


@pytest.mark.parametrize(("space_days", "own_days", "closes"), [
    (0, None, False), (30, None, True), (0, 30, True), (30, 0, False), (30, 90, False),
])  # fmt: skip
def test_topic_closes_by_itself_when_nobody_wrote_for_long(
    space_days, own_days, closes, topic, closed_space, moderator
):
    set_space(closed_space, closes_after=space_days)
    Topic.objects.filter(pk=topic.pk).update(closes_after=own_days)
    with late(days=29):
        pace.tick()
        assert not fresh(topic).is_locked
    with late(days=31):
        pace.tick()
        pace.tick()
        assert fresh(topic).is_locked is closes
        rows = Record.objects.filter(verb="topic_closed_itself", actor=None, space=closed_space)
        assert rows.count() == closes
        if closes:
            moderation.unlock(fresh(topic), by=moderator)
            pace.tick()
            assert not fresh(topic).is_locked
    if closes:
        with late(days=62):
            pace.tick()
            assert fresh(topic).is_locked


def test_pinned_hidden_and_archived_ones_stay_as_they_are(
    topic, topic_in, closed_space, network_space, moderator
):
    set_space(closed_space, closes_after=30)
    set_space(network_space, closes_after=30, archived_at=timezone.now())
    moderation.pin(topic, by=moderator)
    with late(minutes=0):
        hidden = topic_in(closed_space)
        moderation.hide(Post.objects.get(pk=hidden.first_post.pk), by=moderator)
    with late(days=31):
        assert pace.tick().endswith(": 0")


def test_nothing_slow_costs_no_query(closed_space, member, django_assert_num_queries):
    with django_assert_num_queries(0):
        closed_space.rights = None
        pace.require_pause(closed_space, member)
    assert open_topic(closed_space, member, "A", "B", "en")
