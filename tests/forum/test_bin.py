"""One's own words taken back: out of sight for everybody, thirty days to bring them back, then gone for good."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.permissions import Refused
from files.models import StoredFile
from forum import bin, moderation
from forum.forum_conversation.models import Post, Topic
from forum.posting import edit, open_topic, reply
from forum.wholes import parts
from forum.written import Removal, Revision
from search.models import SearchEntry
from tests.files.pictures import upload
from tests.forum.test_posting import counters

WORD = "zqtakenback"


def again(post):
    return Post.objects.with_space().get(pk=post.pk)


def page_of(post, name):
    return reverse(name, args=[post.topic.space.slug, post.public_id])


@pytest.fixture
def answer(closed_space, member, topic_in):
    """A reply with a picture and earlier words, between two others."""
    topic = topic_in(closed_space, replies=1)
    post = reply(topic, member, f"{WORD} before", files=[upload()])
    reply(topic, topic.poster, "after it")
    edit(again(post), member, content=WORD)
    return again(post)


def everywhere(client, post):
    """What one reader sees of it; of the search, its index says all."""
    space = post.topic.space
    pages = [
        post.topic.get_absolute_url(),
        page_of(post, "forum:history"),
        reverse("forum:topics", args=[space.slug]),
        reverse("communities:space", args=[space.slug]),
        f"{post.topic.get_absolute_url()}?quote={post.public_id}",
    ]
    return "".join(client.get(page).text for page in pages)


def test_removed_post_is_out_of_sight_for_everybody_but_its_author(
    client_of, cast, answer, member, closed_space
):
    file = StoredFile.objects.get()
    bin.remove(answer, by=member)
    for name in ("member", "observer", "moderator", "facilitator"):
        client = client_of(cast[name])
        assert WORD not in everywhere(client, answer), name
        assert client.get(file.url).status_code == 404
    assert "Removed by its author" in client_of(member).get(answer.topic.get_absolute_url()).text
    assert not SearchEntry.objects.filter(kind="post", object_id=answer.pk).exists()
    assert WORD not in str([list(part.rows()) for part in parts(closed_space)])
    url = reverse("forum:bin", args=[closed_space.slug])
    assert WORD in client_of(member).get(url).text
    assert WORD not in client_of(cast["moderator"]).get(url).text


def test_removed_post_keeps_its_place_and_counts(answer, member):
    before = counters(answer.topic)
    assert bin.remove(answer, by=member) and not bin.remove(again(answer), by=member)
    assert counters(answer.topic) == before
    assert again(answer).updates_count == 1


def test_put_back_it_stands_as_before(client_of, answer, member):
    client, file = client_of(member), StoredFile.objects.get()
    assert client.get(page_of(answer, "forum:removal")).status_code == 200
    assert client.post(page_of(answer, "forum:removal")).status_code == 302
    assert client.post(page_of(answer, "forum:removal")).status_code == 302  # a tap too many
    assert client.get(page_of(answer, "forum:post_edit")).status_code == 403
    back = client.post(page_of(answer, "forum:put_back"))
    assert back["Location"].endswith(f"#p{answer.public_id}")
    assert again(answer).content.raw == WORD and WORD in again(answer).html
    assert answer.files.get().stored == file and client.get(file.url).status_code == 200
    assert SearchEntry.objects.get(kind="post", object_id=answer.pk).body == WORD
    assert client.post(page_of(answer, "forum:put_back")).status_code == 404


@pytest.mark.parametrize("name", ["moderator", "facilitator", "observer", "stranger", "root"])
def test_nobody_else_removes_or_puts_back(client_of, cast, answer, member, name):
    with pytest.raises(Refused):
        bin.remove(answer, by=cast[name])
    assert client_of(cast[name]).post(page_of(answer, "forum:removal")).status_code == 403
    bin.remove(answer, by=member)
    assert client_of(cast[name]).post(page_of(answer, "forum:put_back")).status_code in (403, 404)
    assert Removal.objects.exists()


def test_topic_that_nobody_answered_goes_whole_and_comes_back_whole(client_of, closed_space, member):
    topic = open_topic(closed_space, member, f"Title {WORD}", "Words", "fr")
    post, before = again(topic.first_post), counters(topic)
    bin.remove(post, by=member)
    assert client_of(member).get(topic.get_absolute_url()).status_code == 404
    assert not SearchEntry.objects.filter(kind="topic").exists()
    assert counters(topic)["forum"][:2] == (0, 0)
    bin.put_back(Removal.objects.get(), by=member)
    assert counters(topic) == before
    assert SearchEntry.objects.get(kind="topic").title == topic.subject


@pytest.mark.parametrize("days", [0, 31])
def test_topic_taken_back_whole_is_not_shown_again_by_moderators(closed_space, member, moderator, days):
    topic = open_topic(closed_space, member, "Lonely", WORD, "en")
    bin.remove(topic.first_post, by=member)
    moderation.hide(again(topic.first_post), by=moderator)
    bin.empty(timezone.now() + timedelta(days=days))
    assert moderation.restore(again(topic.first_post), by=moderator)
    assert not Topic.objects.get(pk=topic.pk).approved


def test_topic_with_answers_stays_with_its_title(client_of, closed_space, member, observer, moderator):
    topic = open_topic(closed_space, member, "The title", WORD, "fr")
    reply(topic, moderator, "An answer")
    bin.remove(again(topic.first_post), by=member)
    text = client_of(observer).get(topic.get_absolute_url()).text
    assert "The title" in text and "An answer" in text and WORD not in text
    entry = SearchEntry.objects.get(kind="topic")
    assert (entry.title, entry.body) == ("The title", "")


def test_words_in_a_closed_topic_can_be_taken_back(answer, member, moderator):
    moderation.lock(answer.topic, by=moderator)
    assert bin.remove(again(answer), by=member)


def test_what_was_reported_before_is_read_by_moderators_until_they_decide(
    client_of, answer, member, moderator, observer
):
    moderation.report(answer, by=observer, reason="insult")
    bin.remove(answer, by=member)
    url, client = reverse("forum:cases", args=[answer.topic.space.slug]), client_of(moderator)
    assert WORD in client.get(url).text
    client.post(page_of(answer, "forum:settlement"))
    assert WORD not in client.get(url).text


def test_author_brings_nothing_back_past_the_moderators(client_of, answer, member, moderator, observer):
    moderation.report(answer, by=observer, reason="insult")
    bin.remove(answer, by=member)
    moderation.hide(again(answer), by=moderator)
    with pytest.raises(bin.HiddenMeanwhile):
        bin.put_back(Removal.objects.select_related("post__topic").get(), by=member)
    assert client_of(member).post(page_of(answer, "forum:put_back"))["Location"].endswith("/bin/")
    pile = reverse("forum:cases", args=[answer.topic.space.slug]) + "?pile=hidden"
    assert WORD not in client_of(moderator).get(pile).text


@pytest.mark.parametrize("days", [29, 31])
def test_thirty_days_are_the_end(answer, member, days):
    file = StoredFile.objects.get()
    bin.remove(answer, by=member)
    Removal.objects.update(at=timezone.now() - timedelta(days=days))
    bin.tick()
    is_gone = days > 30
    assert Removal.objects.exists() != is_gone
    assert StoredFile.objects.filter(pk=file.pk).exists() != is_gone
    assert Revision.objects.exists() != is_gone
    assert again(answer).is_removed and Topic.objects.get(pk=answer.topic_id).posts_count == 4
