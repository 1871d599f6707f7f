"""Kinds of topics, the filters of the list, and how long something stays on top."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Activity, Notification, Record
from communities.permissions import Refused
from forum import moderation
from forum.forum_conversation.models import Topic
from forum.kinds import KindRefused, TopicKind
from forum.posting import open_topic
from forum.turning import turn
from tests.forum.test_views import address, words


@pytest.fixture
def of_kind(closed_space, facilitator):
    def make(kind, subject="A subject", space=None, by=None):
        return open_topic(space or closed_space, by or facilitator, subject, "Words", "en", kind=kind)

    return make


def test_kind_is_asked_with_a_line_each_and_preselected_by_the_address(client_of, member, closed_space):
    url = address(closed_space, name="forum:topic_new")
    page = client_of(member).get(url, {"kind": "question"}).text
    assert client_of(member).get(url, {"kind": "question"}).context["form"]["kind"].value() == "question"
    assert client_of(member).get(url, {"kind": "zq"}).context["form"]["kind"].value() == "discussion"
    assert "you look for an answer" in page


def test_chosen_kind_is_kept_and_shown(client_of, member, closed_space):
    form = words(member, "topic", subject="Who knows?", kind="question")
    page = client_of(member).post(address(closed_space, name="forum:topic_new"), form, follow=True)
    assert Topic.objects.get().kind == "question"
    assert "Question</span>" in page.text
    assert "Question</span>" in client_of(member).get(address(closed_space)).text


def test_unknown_kind_keeps_what_was_typed(client_of, member, closed_space):
    form = words(member, "topic", subject="Who knows?", kind="zq")
    page = client_of(member).post(address(closed_space, name="forum:topic_new"), form)
    assert page.status_code == 200 and "A few words</textarea>" in page.text
    assert not Topic.objects.exists()


def test_author_and_moderator_turn_a_discussion_into_a_question(closed_space, member, moderator, cast):
    topic = open_topic(closed_space, member, "Subject", "Words", "en")
    with pytest.raises(Refused):
        turn(topic, TopicKind.QUESTION, by=cast["observer"])
    assert turn(topic, TopicKind.QUESTION, by=member)
    assert not Record.objects.filter(verb="topic_kind_changed").exists()
    assert turn(topic, TopicKind.DISCUSSION, by=moderator)
    assert not turn(topic, TopicKind.DISCUSSION, by=moderator)
    assert Record.objects.filter(verb="topic_kind_changed", actor=moderator, person=member).count() == 1
    for kind in (TopicKind.DECISION, TopicKind.ANNOUNCEMENT):
        with pytest.raises(KindRefused):
            turn(topic, kind, by=member)


def test_kind_is_changed_on_the_page_and_by_nobody_else(client_of, cast, member, closed_space):
    topic = open_topic(closed_space, member, "Subject", "Words", "en")
    url = address(closed_space, topic.public_id, name="forum:kind")
    assert url in client_of(member).get(topic.get_absolute_url()).text
    other = client_of(cast["stranger"])
    assert other.post(url, {"kind": "question"}).status_code == 403
    assert url not in client_of(cast["observer"]).get(topic.get_absolute_url()).text
    assert client_of(cast["observer"]).post(url, {"kind": "question"}).status_code == 403
    assert client_of(member).post(url, {"kind": "zq"}).status_code == 404
    assert "cannot change" in client_of(member).post(url, {"kind": "announcement"}, follow=True).text
    assert Topic.objects.get().kind == "discussion"
    client_of(member).post(url, {"kind": "question"})
    assert Topic.objects.get().kind == "question"


def test_list_is_filtered_with_counts(client_of, member, moderator, closed_space, of_kind):
    client = client_of(member)
    of_kind(TopicKind.DISCUSSION, "Talk")
    assert 'class="chips"' not in client.get(address(closed_space)).text
    for number in range(2):
        of_kind(TopicKind.QUESTION, f"Asked {number}")
    of_kind(TopicKind.ANNOUNCEMENT, "Told")
    gone = of_kind(TopicKind.QUESTION, "Gone").first_post
    gone.topic.space = closed_space
    moderation.hide(gone, by=moderator)
    answer = client.get(address(closed_space))
    counts = {chip.value: chip.count for chip in answer.context["shown"].chips}
    assert counts == {"": 4, "unsolved": 2, "question": 2, "announcement": 1}
    for value, subjects in {
        "question": {"Asked 0", "Asked 1"},
        "unsolved": {"Asked 0", "Asked 1"},
        "announcement": {"Told"},
        "decision": set(),
        "zq": {"Talk", "Asked 0", "Asked 1", "Told"},
        "": {"Talk", "Asked 0", "Asked 1", "Told"},
    }.items():
        page = client.get(address(closed_space), {"kind": value})
        assert {topic.subject for topic in page.context["page_obj"]} == subjects, value
    assert "Nothing of this kind" in client.get(address(closed_space), {"kind": "decision"}).text


@pytest.mark.parametrize("kind", ["", "question"])
def test_filtered_list_takes_the_same_queries_at_1_and_30(
    client_of, member, closed_space, of_kind, warm, kind
):
    client, counts = client_of(member), []
    for more in (1, 29):
        for _ in range(more):
            of_kind(TopicKind.QUESTION)
        client.get(address(closed_space), {"kind": kind})
        with warm() as seen:
            assert client.get(address(closed_space), {"kind": kind}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10, counts


# On top ---------------------------------------------------------------------------------------------------
def test_pin_ends_by_itself(client_of, member, moderator, closed_space, topic_in):
    topic = topic_in(closed_space)
    url = address(closed_space, topic.public_id, name="forum:pin")
    assert client_of(moderator).post(url, {"days": "8"}).status_code == 404
    client_of(moderator).post(url, {"days": "7"})
    client_of(moderator).post(url, {"days": "7"})
    pinned = Topic.objects.get()
    assert pinned.is_pinned
    assert timedelta(days=7) <= pinned.pinned_until - timezone.now() <= timedelta(days=7, hours=1)
    assert Record.objects.filter(verb="topic_pinned").count() == 1
    moderation.tick()
    assert Topic.objects.get().is_sticky
    Topic.objects.update(pinned_until=timezone.now())
    assert client_of(member).get(address(closed_space)).context["pinned"] == []
    moderation.tick()
    assert (Topic.objects.get().is_topic, Topic.objects.get().pinned_until) == (True, None)


def test_announcement_stays_one_when_its_pin_is_over(client_of, member, moderator, closed_space, of_kind):
    topic = of_kind(TopicKind.ANNOUNCEMENT)
    assert topic.pinned_until - topic.created == timedelta(days=30)
    Topic.objects.update(pinned_until=timezone.now())
    moderation.tick()
    topic = Topic.objects.with_space().get()
    assert topic.is_topic and topic.is_announcement
    assert "Announcement</span>" in client_of(member).get(address(closed_space)).text
    moderation.pin(topic, by=moderator, days=7)
    assert Topic.objects.get().is_announce
    moderation.unpin(topic, by=moderator)
    assert Topic.objects.get().is_topic


def test_second_announcement_of_a_day_is_told_in_the_feed_and_not_mailed(
    closed_space, public_space, facilitator, member, client_of, of_kind
):
    url = address(closed_space, name="forum:topic_new")
    warning = "was mailed today already"
    assert warning not in client_of(facilitator).get(url).text
    of_kind(TopicKind.ANNOUNCEMENT)
    told = Notification.objects.count()
    assert told
    assert warning in client_of(facilitator).get(url).text
    assert warning not in client_of(member).get(url).text
    second = of_kind(TopicKind.ANNOUNCEMENT)
    assert Notification.objects.count() == told
    assert Activity.objects.visible_to(member).filter(kind="announcement_added", target_id=second.pk).exists()
    of_kind(TopicKind.ANNOUNCEMENT, space=public_space)
    assert Notification.objects.count() > told
    told = Notification.objects.count()
    # What was not mailed does not put off the next one.
    Activity.objects.filter(kind="announcement_posted").update(created_at=timezone.now() - timedelta(days=1))
    of_kind(TopicKind.ANNOUNCEMENT)
    assert Notification.objects.count() > told


def test_announcement_waits_for_no_answer(closed_space, of_kind):
    from forum.unanswered import unanswered

    for kind in TopicKind:
        if kind != TopicKind.DECISION:
            of_kind(kind, kind.value)
    waiting = unanswered(closed_space, timezone.now() + timedelta(minutes=1), 10)
    assert {row.title for row in waiting} == {"discussion", "question"}
