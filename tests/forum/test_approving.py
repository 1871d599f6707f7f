"""First posts that wait for approval, and words from the space to an author."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from communities.joining import leave
from communities.models import Activity, Membership, Record, Space
from files.cleaning import cleaned
from files.models import StoredFile
from forum import approving, drafts, moderation, moving, scheduling, uploads
from forum.first_posts import NeedsApproval
from forum.forum_conversation.models import Post, Topic
from forum.models import Notice, WaitingPost
from forum.posting import open_topic, reply
from forum.recounting import differences
from forum.written import Draft, Upload
from tests.canaries import WORD
from tests.files.pictures import upload
from themes.models import Theme


@pytest.fixture
def asking(closed_space):
    Space.objects.filter(pk=closed_space.pk).update(approves_first=True)
    return Space.objects.get(pk=closed_space.pk)


@pytest.fixture
def topic(topic_in, asking):
    return topic_in(asking, subject="zqtopicxv")


def send(client, url, words="zqwaitsxv", **more):
    key = client.get(url).context["form"].initial["key"]
    return client.post(url, {"content": words, "language": "fr", "key": key, **more})


def at(name, space, thing=None):
    return reverse(f"forum:{name}", args=[space.slug, thing.public_id] if thing else [space.slug])


@pytest.fixture
def waiting(topic, asking, member):
    photo = [upload(name="photo.jpg")]
    approving.hand_in(asking, member, topic=topic, content="zqwaitsxv", language="fr", files=photo)
    return WaitingPost.objects.get()


def test_decision_that_waits_keeps_its_vote(asking, member, moderator, observer, client_of):
    client, url = client_of(member), at("topic_new", asking)
    theme = Theme.objects.create(slug="zqmemory")
    chosen = {"subject": "Where?", "kind": "decision", "options": "zqparis\nzqtunis", "most": "2"}
    chosen["themes"] = [str(theme.pk)]
    ends = timezone.now() + timedelta(hours=2)
    local = timezone.localtime(ends).strftime("%Y-%m-%dT%H:%M")
    assert send(client, url, results_at_end="on", closes_at=local, **chosen).status_code == 302
    assert not Topic.objects.filter(poster=member).exists()
    for person, place in ((member, "topics"), (moderator, "cases")):
        page = client_of(person).get(at(place, asking)).text
        assert "zqparis" in page and "shown when the vote is over" in page and 'name="choice"' not in page
        assert "Decision</span>" in page and '<span class="badge">zqmemory</span>' in page
    assert "zqparis" not in client_of(observer).get(at("topics", asking)).text
    held = WaitingPost.objects.get()
    # An end that passes while it waits is none.
    assert held.poll.closes_at is not None
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert held.poll.closes_at is None
    made = approving.approve(held, by=moderator)
    assert [option.text for option in made.decision.options.all()] == ["zqparis", "zqtunis"]
    poll = made.decision
    assert (made.kind, poll.most, poll.results_at_end) == ("decision", 2, True)
    assert poll.closes_at == ends.replace(second=0, microsecond=0)


def test_first_post_is_seen_by_its_author_and_moderators_alone_until_it_is_approved(
    topic, asking, member, observer, moderator, facilitator, client_of, django_capture_on_commit_callbacks
):
    url, client = topic.get_absolute_url(), client_of(member)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, url, files=upload(name="photo.jpg"))
    assert answer.status_code == 302 and not Post.objects.filter(poster=member).exists()
    assert {message.to[0] for message in mail.outbox} == {moderator.email, facilitator.email}
    assert [WORD.findall(message.body) for message in mail.outbox] == [[], []]
    photo = StoredFile.objects.get().url
    page = client.get(url).content.decode()
    assert "zqwaitsxv" in page and "Waits for approval" in page
    assert client.get(photo).status_code == 200 and client_of(moderator).get(photo).status_code == 200
    assert "zqwaitsxv" in client_of(moderator).get(at("cases", asking)).content.decode()
    feed, found = reverse("communities:feed"), reverse("search:search") + "?q=zqwaitsxv"
    for person, places in ((observer, (url, feed, found)), (moderator, (url, feed)), (member, (feed,))):
        for place in places:
            assert "zqwaitsxv</p>" not in client_of(person).get(place).content.decode()
    assert client_of(observer).get(photo).status_code == 404
    assert Topic.objects.get(pk=topic.pk).posts_count == 1

    mail.outbox.clear()
    row = WaitingPost.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(moderator).post(at("waiting_approval", asking, row)).status_code == 302
    post = Post.objects.get(poster=member)
    assert (post.public_id, post.language, post.files.count()) == (row.public_id, "fr", 1)
    # What posting would have sent: the topic's author hears of the answer. Its own author hears that it stands.
    assert {message.to[0] for message in mail.outbox} == {facilitator.email, member.email}
    for place in (url, found):
        assert "zqwaitsxv" in client_of(observer).get(place).content.decode()
    assert client_of(observer).get(photo).status_code == 200
    assert list(differences(put_right=False)) == [] and not WaitingPost.objects.exists()
    assert Record.objects.filter(verb="post_approved", person=member, actor=moderator).count() == 1
    # From now on nothing waits.
    assert send(client, url, "Again").status_code == 302 and Post.objects.filter(poster=member).count() == 2


def test_first_topic_waits_and_opens_with_its_title(asking, member, observer, moderator, client_of):
    client, url = client_of(member), reverse("forum:topic_new", args=[asking.slug])
    assert send(client, url, subject="zqtitlexv").headers["Location"] == at("topics", asking)
    listed = reverse("forum:topics", args=[asking.slug])
    assert "zqtitlexv" in client.get(listed).content.decode()
    assert "zqtitlexv" not in client_of(observer).get(listed).content.decode()
    approving.approve(WaitingPost.objects.get(), by=moderator)
    assert Topic.objects.get(subject="zqtitlexv").poster == member
    assert "zqtitlexv" in client_of(observer).get(listed).content.decode()


def test_same_form_twice_waits_once_and_is_posted_once(topic, asking, member, moderator, client_of):
    client, url = client_of(member), topic.get_absolute_url()
    key = client.get(url).context["form"].initial["key"]
    sent = {"content": "zqwaitsxv", "language": "fr", "key": key}
    for _again in range(2):
        assert client.post(url, sent).status_code == 302
    row = WaitingPost.objects.get()
    approving.approve(row, by=moderator)
    assert approving.approve(row, by=moderator) is None
    assert client.post(url, sent).status_code == 302
    assert Post.objects.filter(poster=member).count() == 1


def test_no_way_around(topic, asking, member, moderator):
    with pytest.raises(NeedsApproval):
        reply(topic, member, "Words")
    with pytest.raises(NeedsApproval):
        open_topic(asking, member, "Subject", "Words", "en")
    assert reply(topic, moderator, "Whoever moderates needs nobody's approval")


def test_declined_post_goes_back_to_its_author_with_the_reason_from_the_space(
    waiting, asking, member, observer, moderator, client_of, django_capture_on_commit_callbacks
):
    url = at("waiting_refusal", asking, waiting)
    assert client_of(moderator).post(url, {"words": ""}).status_code == 422
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(moderator).post(url, {"words": "zqreasonxv"}).status_code == 302
    assert [(message.to, WORD.findall(message.body)) for message in mail.outbox] == [([member.email], [])]
    assert not WaitingPost.objects.exists() and not StoredFile.objects.exists()
    own = Notice.objects.get().get_absolute_url()
    assert own in client_of(member).get(reverse("communities:notifications")).content.decode()
    page = client_of(member).get(own).content.decode()
    assert "zqreasonxv" in page and "zqwaitsxv" in page and moderator.display_name not in page
    assert {client_of(person).get(own).status_code for person in (observer, moderator)} == {404}
    assert Record.objects.get(verb="post_declined").reason == "zqreasonxv"


def _locked(waiting, cast):
    moderation.lock(waiting.topic, by=cast["moderator"])


def _hidden(waiting, cast):
    moderation.hide(Post.objects.get(pk=waiting.topic.first_post_id), by=cast["moderator"])


def _moved(waiting, cast):
    moving.move(waiting.topic, Space.objects.get(visibility="public"), by=cast["moderator"])


def _observer(waiting, cast):
    Membership.objects.filter(space=waiting.space, user=cast["member"]).update(role=10)


@pytest.mark.parametrize("spoil", [_locked, _hidden, _moved, _observer])
def test_what_can_no_longer_be_posted_says_why_and_waits_on(
    spoil, waiting, asking, cast, moderator, client_of
):
    spoil(waiting, cast)
    answer = client_of(moderator).post(at("waiting_approval", asking, waiting), follow=True)
    assert answer.status_code == 200 and "Approved:" not in answer.content.decode()
    assert WaitingPost.objects.get().files.count() == 1
    assert not Post.objects.filter(poster=cast["member"]).exists()


def test_author_takes_it_back_and_nobody_else_does(waiting, asking, member, moderator, client_of):
    url = at("waiting_withdrawal", asking, waiting)
    assert client_of(moderator).post(url).status_code == 404
    assert client_of(member).post(url).status_code == 302
    assert not WaitingPost.objects.exists()
    # Nothing is lost by it: it is a draft again, with its file.
    page = client_of(member).get(waiting.topic.get_absolute_url()).text
    assert "zqwaitsxv</textarea>" in page and Upload.objects.get().stored.name in page
    assert client_of(member).post(url).status_code == 404


def test_decision_taken_back_is_the_same_draft_and_adds_to_one_begun_since(asking, member, client_of):
    client, url = client_of(member), at("topic_new", asking)
    theme, year = Theme.objects.create(slug="zqmemory"), timezone.localdate().year + 1
    chosen = {"subject": "Where?", "kind": "decision", "options": "zqparis\nzqtunis", "most": "2"}
    chosen |= {"themes": [str(theme.pk)], "results_at_end": "on", "closes_at": f"{year}-01-31T15:00"}
    send(client, url, **chosen)
    drafts.keep(member, asking, None, content="Begun since", language="fr", subject="Other")
    back = client.post(at("waiting_withdrawal", asking, WaitingPost.objects.get()), follow=True)
    form = back.context["form"]
    assert form["content"].value() == "Begun since\n\nzqwaitsxv" and form["subject"].value() == "Other"
    assert 'value="decision"' in back.text and f'value="{year}-01-31T15:00"' in back.text
    assert (form["most"].value(), form["themes"].value()) == ("2", [theme.pk])
    assert form["options"].value() == "zqparis\nzqtunis" and form["results_at_end"].value() is True


def test_declined_decision_comes_back_whole(asking, member, moderator, client_of):
    send(
        client_of(member), at("topic_new", asking), subject="Where?", kind="decision", options="Paris\nTunis"
    )
    approving.decline(WaitingPost.objects.get(), by=moderator, reason="No")
    assert Notice.objects.get().about == "Where?\n\nzqwaitsxv\n\nParis\nTunis"


def test_leaving_withdraws_what_waits(waiting, asking, member):
    leave(Membership.objects.get(space=asking, user=member))
    assert not WaitingPost.objects.exists() and not StoredFile.objects.exists()


def test_waiting_post_goes_along_when_its_topic_is_merged(waiting, topic, topic_in, asking, moderator):
    other = topic_in(asking)
    moving.merge(Topic.objects.with_space().get(pk=topic.pk), other, by=moderator)
    post = approving.approve(WaitingPost.objects.get(), by=moderator)
    assert post.topic == other


def test_words_from_the_space_reach_the_author_alone_and_name_nobody(
    closed_space, topic_in, member, observer, moderator, client_of, django_capture_on_commit_callbacks
):
    post = reply(topic_in(closed_space), member, "Mine")
    url = at("notice_new", closed_space, post)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(moderator).post(url, {"words": "zqwordsxv"}).status_code == 302
    assert [(message.to, WORD.findall(message.body)) for message in mail.outbox] == [([member.email], [])]
    notice = Notice.objects.get()
    page = client_of(member).get(notice.get_absolute_url()).content.decode()
    assert "zqwordsxv" in page and post.public_id in page and moderator.display_name not in page
    assert client_of(moderator).get(notice.get_absolute_url()).status_code == 404
    assert Activity.objects.get(kind="own_notice").actor is None
    row = Record.objects.get(verb="author_written_to")
    assert (row.actor, row.person, row.reason) == (moderator, member, "")
    # Hidden meanwhile: the words stay, the way to the post does not.
    moderation.hide(post, by=moderator)
    assert post.public_id not in client_of(member).get(notice.get_absolute_url()).content.decode()


def test_what_waits_is_seen_by_its_author_and_decided_when_the_space_stops_asking(
    topic, asking, waiting, member, observer, moderator, client_of
):
    approving.hand_in(asking, member, subject="zqopensxv", content="zqalsoxv", language="fr")
    Space.objects.filter(pk=asking.pk).update(approves_first=False)
    pages = ((topic.get_absolute_url(), "zqwaitsxv"), (at("topics", asking), "zqalsoxv"))
    for url, words in pages:
        assert words in client_of(member).get(url).text
        assert all(words not in client_of(other).get(url).text for other in (observer, moderator))
        assert words in client_of(moderator).get(at("cases", asking)).text
    assert approving.approve(waiting, by=moderator)


def test_words_to_an_author_are_offered_at_the_post_and_lead_back_to_it(
    closed_space, topic_in, member, moderator, facilitator, client_of
):
    topic = topic_in(closed_space)
    mine, theirs = reply(topic, moderator, "Mine"), reply(topic, member, "Theirs")
    page = client_of(moderator).get(topic.get_absolute_url()).text
    offered = [at("notice_new", closed_space, post) in page for post in (topic.first_post, mine, theirs)]
    assert offered == [True, False, True]
    assert "notices/new/" not in client_of(member).get(topic.get_absolute_url()).text
    url = at("notice_new", closed_space, theirs)
    assert f"{topic.get_absolute_url()}#p{theirs.public_id}" in client_of(moderator).get(url).text
    answer = client_of(moderator).post(url, {"words": "Please mind the charter"})
    assert answer["Location"] == f"{topic.get_absolute_url()}#p{theirs.public_id}"
    moderation.report(theirs, by=facilitator, reason="insult")
    answer = client_of(moderator).post(url, {"words": "Please mind the charter"})
    assert answer["Location"] == at("cases", closed_space)


def test_page_of_a_topic_takes_one_query_more_where_first_posts_wait(
    topic, asking, member, client_of, warm, django_assert_max_num_queries
):
    client = client_of(member)
    client.get(topic.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(topic.get_absolute_url())
    approving.hand_in(asking, member, topic=topic, content="Words", language="fr")
    with django_assert_max_num_queries(10):  # what waits, and its files
        assert client.get(topic.get_absolute_url()).status_code == 200


def test_files_held_for_a_first_post_wait_with_it_and_come_with_it(
    topic, asking, member, moderator, client_of
):
    (held,) = uploads.hold(member, asking, topic, [cleaned(upload())])
    drafts.keep(member, asking, topic, content="zqbegun", language="fr")
    assert send(client_of(member), topic.get_absolute_url(), kept=held.stored.token).status_code == 302
    assert not Upload.objects.exists() and not Draft.objects.exists()
    waiting = WaitingPost.objects.get()
    assert [file.stored for file in waiting.files.all()] == [held.stored]
    assert client_of(moderator).get(held.stored.url).status_code == 200
    approving.approve(waiting, by=moderator)
    assert [file.stored for file in Post.objects.get(poster=member).files.all()] == [held.stored]


def test_post_with_an_hour_waits_for_approval_where_it_is_the_first(topic, asking, member):
    draft = drafts.keep(member, asking, topic, content="zqlater", language="fr")
    scheduling.schedule(draft, timezone.now() - timedelta(hours=1))
    scheduling.tick()
    assert WaitingPost.objects.get().content == "zqlater"
    assert not Draft.objects.exists() and not Post.objects.filter(poster=member).exists()
