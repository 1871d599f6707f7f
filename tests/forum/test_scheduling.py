"""A draft with an hour: published then with every right asked again, or refused in words, and never twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from communities.models import Membership
from files.cleaning import cleaned
from forum import drafts, moderation, scheduling, uploads
from forum.forum_conversation.models import Post, Topic
from forum.posting import reply
from forum.written import Draft, Upload
from tests.files.pictures import upload
from tests.forum.test_views import address
from themes.models import Theme

HOUR = timedelta(hours=1)


@pytest.fixture
def topic(closed_space, topic_in):
    return topic_in(closed_space)


@pytest.fixture
def draft(member, topic):
    return drafts.keep(member, topic.space, topic, content="zqlater", language="fr")


def due(draft):
    scheduling.schedule(draft, timezone.now() - HOUR)
    return scheduling.tick()


def test_draft_is_published_at_its_hour_and_once(member, topic, draft):
    uploads.hold(member, topic.space, topic, [cleaned(upload())])
    scheduling.schedule(draft, timezone.now() + HOUR)
    scheduling.tick()
    assert Post.objects.count() == 1
    for _minute in range(2):
        scheduling.tick(timezone.now() + 2 * HOUR)
    post = Post.objects.get(poster=member)
    assert (post.content.raw, post.language, post.files.count()) == ("zqlater", "fr", 1)
    assert not Draft.objects.exists() and not Upload.objects.exists()


def test_topic_is_opened_at_its_hour(member, closed_space):
    draft = drafts.keep(member, closed_space, None, subject="Later", content="Words", language="ar")
    due(draft)
    assert (Topic.objects.get().subject, Topic.objects.get().language) == ("Later", "ar")


def decision(member, space, **more):
    chosen = {"kind": "decision", "most": "2", "results_at_end": True, **more}
    words = {"subject": "Where?", "content": "Words", "language": "en", "options": "Paris\nTunis"}
    return drafts.keep(member, space, None, more=chosen, **words)


def test_decision_is_opened_at_its_hour_with_its_poll_and_themes(member, closed_space):
    theme, end = Theme.objects.create(slug="memory"), timezone.now() + 4 * HOUR
    draft = decision(member, closed_space, themes=[theme.pk, 10**8], closes_at=end.isoformat())
    scheduling.schedule(draft, timezone.now() + HOUR)
    scheduling.tick(timezone.now() + 2 * HOUR)
    topic = Topic.objects.get()
    assert (topic.kind, list(topic.themes.all())) == ("decision", [theme])
    poll = topic.decision
    assert (poll.most, poll.results_at_end, poll.closes_at) == (2, True, end)
    assert [option.text for option in poll.options.all()] == ["Paris", "Tunis"]


def test_vote_that_is_not_complete_or_over_by_then_has_no_hour(member, closed_space):
    draft = decision(member, closed_space, closes_at=(timezone.now() + HOUR).isoformat())
    with pytest.raises(scheduling.Incomplete):
        scheduling.schedule(draft, timezone.now() + 2 * HOUR)
    assert scheduling.schedule(draft, timezone.now() + HOUR / 2)
    # Its end came before the clock that publishes did.
    Draft.objects.update(more={**draft.more, "closes_at": (timezone.now() - HOUR).isoformat()})
    scheduling.tick(timezone.now() + HOUR)
    draft.refresh_from_db()
    assert (draft.refusal, draft.publish_at) == ("incomplete", None) and not Topic.objects.exists()
    Draft.objects.update(options="Paris")
    draft.refresh_from_db()
    with pytest.raises(scheduling.Incomplete):
        scheduling.schedule(draft, timezone.now() + HOUR)


def test_announcement_of_somebody_who_may_not_announce_any_more_is_refused(member, closed_space):
    draft = drafts.keep(
        member, closed_space, None, subject="S", content="W", language="en", more={"kind": "announcement"}
    )
    due(draft)
    draft.refresh_from_db()
    assert draft.refusal == "right" and not Topic.objects.exists()


def test_answer_to_a_post_answers_it_at_its_hour(member, topic):
    first = reply(topic, member, "First answer")
    more = {"answers_to": first.public_id, "aside": True}
    due(drafts.keep(member, topic.space, topic, content="zqlater", language="fr", more=more))
    post = Post.objects.latest("pk")
    assert (post.answers_to, post.aside) == (first, True)


@pytest.mark.parametrize("why", ["right", "locked", "gone"])
def test_refused_post_keeps_its_words_and_its_author_is_told(
    client_of, member, moderator, topic, draft, why, django_capture_on_commit_callbacks
):
    if why == "right":
        Membership.objects.filter(space=topic.space, user=member).update(role=10)
    elif why == "locked":
        moderation.lock(topic, by=moderator)
    else:
        moderation.hide(Post.objects.with_space().get(pk=topic.first_post.pk), by=moderator)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert "0 published, 1 refused" in due(draft)
    draft.refresh_from_db()
    assert (draft.content, draft.publish_at, draft.refusal) == ("zqlater", None, why)
    assert not Post.objects.filter(poster=member).exists()
    sent = [letter for letter in mail.outbox if letter.to == [member.email]]
    assert len(sent) == 1 and "zqlater" not in sent[0].body
    if why != "right":
        assert draft.get_refusal_display() in client_of(member).get("/en/drafts/").text


@pytest.mark.parametrize(
    ("at", "is_set"),
    [("2099-01-01T10:00", False), ("2001-01-01T10:00", False), ("soon", False), ("", False), (None, True)],
)
def test_hour_is_chosen_in_the_list_of_drafts(client_of, member, topic, draft, at, is_set):
    url = address(topic.space, topic.public_id, name="forum:publication")
    given = (timezone.localtime() + HOUR).strftime("%Y-%m-%dT%H:%M") if at is None else at
    answer = client_of(member).post(url, {"at": given}, follow=True)
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert bool(draft.publish_at) == is_set
    assert ("Will be published" in answer.text) == is_set


def test_nobody_gives_an_hour_to_somebody_elses_draft(client_of, moderator, topic, draft):
    url = address(topic.space, topic.public_id, name="forum:publication")
    assert client_of(moderator).post(url, {"at": "2027-01-01T10:00"}).status_code == 404


def test_draft_without_a_title_has_no_hour(client_of, member, closed_space):
    draft = drafts.keep(member, closed_space, None, content="Words", language="fr")
    with pytest.raises(scheduling.Incomplete):
        scheduling.schedule(draft, timezone.now() + HOUR)
    url = address(closed_space, name="forum:topic_publication")
    at = (timezone.localtime() + HOUR).strftime("%Y-%m-%dT%H:%M")
    assert "no title" in client_of(member).post(url, {"at": at}, follow=True).text


def test_draft_of_a_topic_that_is_not_shown_any_more_can_be_thrown_away(
    member, moderator, topic, draft, client_of
):
    moderation.hide(topic.first_post, by=moderator)
    url = address(topic.space, topic.public_id, name="forum:draft")
    assert client_of(member).post(url, {"discard": "1"}).status_code == 302
    assert not Draft.objects.exists()
    # What was never there is answered alike: nothing tells whether a topic exists.
    other = address(topic.space, "a" * 16, name="forum:draft")
    assert client_of(member).post(other, {"discard": "1"}).status_code == 302
