"""Moving a topic to another space, splitting answers off, merging two topics, and the links left behind."""

import pytest
from django.core import mail
from django.urls import reverse

from communities import activity
from communities.founding import archive
from communities.models import Activity, Membership, Notification, Record, Space
from communities.roles import Role
from files.cleaning import cleaned
from forum import activities, drafts, marks, moderation, moving, uploads
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.models import Moved, ReadMark
from forum.posting import open_topic, reply
from forum.recounting import differences
from forum.written import Draft, Upload
from search.models import SearchEntry
from tests.canaries import WORD
from tests.files.pictures import upload
from tests.test_closure import headers_of, masked


def at(name, topic, space=None):
    return reverse(f"forum:{name}", args=[(space or topic.space).slug, topic.public_id])


def shown(topic):
    return list(
        Post.objects.filter(topic=topic.pk, approved=True).order_by("pk").values_list("content", flat=True)
    )


def ids(topic, *numbers):
    posts = list(Post.objects.of(topic))
    return [posts[number].public_id for number in numbers]


def whole():
    """What every deed must leave behind: counters as a recount counts them, the search as readers read."""
    assert [str(difference) for difference in differences(put_right=False)] == []
    for kind, model in (("topic", Topic), ("post", Post)):
        for entry in SearchEntry.objects.filter(kind=kind):
            thing = model.objects.with_space().get(pk=entry.object_id)
            topic = thing if kind == "topic" else thing.topic
            assert entry.space_id == topic.space.pk and topic.space.slug in entry.url
            assert entry.title == topic.subject and topic.approved
    openings = set(Topic.objects.filter(approved=True).values_list("first_post", flat=True))
    posts = set(Post.objects.filter(approved=True, topic__approved=True).values_list("pk", flat=True))
    assert (
        set(SearchEntry.objects.filter(kind="post").values_list("object_id", flat=True)) == posts - openings
    )


@pytest.fixture
def topic(topic_in, closed_space, member):
    topic = topic_in(closed_space, replies=2, subject="zqmovedxv")
    reply(topic, member, "From the member", files=[upload(name="photo.jpg")])
    return Topic.objects.with_space().get(pk=topic.pk)


# Moving -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def without_member(hidden_space, member):
    """A space that the member knows nothing of."""
    Membership.objects.filter(space=hidden_space, user=member).delete()
    return hidden_space


def moved(topic, target, by, client_of, **data):
    return client_of(by).post(at("relocation", topic), {"to": target.slug, "reason": "zqwhyxv", **data})


def test_page_says_who_will_read_it_and_asks_before_more_people_do(
    topic, closed_space, public_space, without_member, moderator, client_of
):
    client = client_of(moderator)
    page = client.get(at("relocation", topic)).content.decode()
    assert public_space.name in page and "Who will read it" not in page
    page = client.get(at("relocation", topic), {"to": public_space.slug}).content.decode()
    assert "Everyone on the internet" in page and 'name="wider"' in page
    answer = moved(topic, public_space, moderator, client_of)
    assert answer.status_code == 422 and "zqwhyxv" in answer.content.decode()
    assert Topic.objects.get(pk=topic.pk).forum_id == topic.forum_id
    page = client.get(at("relocation", topic), {"to": without_member.slug}).content.decode()
    assert 'name="wider"' not in page and "1 person who reads it today will not read it any more." in page
    assert moved(topic, public_space, moderator, client_of, wider="on").status_code == 302


def test_moved_topic_is_read_counted_and_found_in_its_new_space_alone(
    topic,
    closed_space,
    without_member,
    member,
    observer,
    moderator,
    client_of,
    django_capture_on_commit_callbacks,
):
    photo = Post.objects.of(topic).last().files.get().stored.url
    for person in (member, observer):
        marks.move(person, topic, post=topic.last_post_id)
        client_of(person).get(topic.get_absolute_url())
    moderation.report(topic.first_post, by=observer, reason="spam")
    assert client_of(member).get(photo).status_code == 200
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert moved(topic, without_member, moderator, client_of).status_code == 302
    there = Topic.objects.with_space().get(pk=topic.pk)
    assert there.space == without_member and len(shown(there)) == 4
    whole()
    assert (
        client_of(observer).get(photo).status_code == 200 and client_of(member).get(photo).status_code == 404
    )
    assert [mark.user for mark in ReadMark.objects.filter(user__in=[member, observer])] == [observer]
    assert not Activity.objects.filter(space=closed_space, kind__in=["topic_posted", "reply_posted"]).exists()
    assert not Notification.objects.filter(recipient=member, activity__kind="reply_posted").exists()
    # Its author is told, in words that name nothing.
    assert [message.to for message in mail.outbox] == [[member.email]]
    assert not WORD.search(mail.outbox[0].body) and without_member.slug not in mail.outbox[0].body
    page = client_of(member).get(reverse("communities:notifications")).content.decode()
    assert "was moved to a space that you cannot read" in page and "zqmovedxv" not in page
    for person in (member, observer):
        found = client_of(person).get(reverse("search:search"), {"q": "zqmovedxv"}).content.decode()
        assert (without_member.slug in found) == (person == observer)
    rows = Record.objects.filter(verb__startswith="topic_moved").values_list("verb", "space", "reason")
    assert set(rows) == {
        ("topic_moved_away", closed_space.pk, "zqwhyxv"),
        ("topic_moved_here", without_member.pk, "zqwhyxv"),
    }


@pytest.mark.parametrize("name", ["topic", "post"])
def test_old_link_says_nothing_to_whoever_may_not_read_the_new_place(
    name, topic_in, public_space, without_member, cast, moderator, client_of, standing_clock
):
    """Twins: the address from before, and one that never was."""
    topic = topic_in(public_space, replies=1)
    thing = topic if name == "topic" else Post.objects.of(topic)[1]
    url, never = at(name, thing, public_space), "x" * len(thing.public_id)
    moving.move(topic, without_member, by=moderator)
    for who in ("visitor", "stranger", "staff", "member", "newcomer"):
        client = client_of(cast[who])
        for method in ("get", "head", "post") if who == "member" else ("get",):
            there, nowhere = (
                getattr(client, method)(link) for link in (url, url.replace(thing.public_id, never))
            )
            assert (
                there.status_code
                == nowhere.status_code
                == (405 if (method, name) == ("post", "post") else 404)
            )
            assert masked(there.content, thing.public_id) == masked(nowhere.content, never)
            assert headers_of(there) == headers_of(nowhere)


def test_old_links_lead_on_for_whoever_may_read(
    topic, closed_space, hidden_space, public_space, member, moderator, client_of
):
    post = Post.objects.of(topic)[1]
    links = [at("topic", topic, closed_space), at("post", post, closed_space)]
    for target in (public_space, hidden_space):
        moving.move(Topic.objects.with_space().get(pk=topic.pk), target, by=moderator)
        links += [at("topic", topic, target), at("post", post, target)]
    client = client_of(member)
    for link in links:
        answer = client.get(link, follow=True)
        assert answer.status_code == 200 and answer.request["PATH_INFO"] == at("topic", topic, hidden_space)
    # Back where it came from, there is nothing to lead on.
    moving.move(Topic.objects.with_space().get(pk=topic.pk), closed_space, by=moderator)
    assert client.get(links[0]).status_code == 200 and client.get(links[2]).status_code == 302
    assert not Moved.objects.filter(space=closed_space).exists()


def _forum_off(space, cast):
    Space.objects.filter(pk=space.pk).update(has_forum=False)


def _archived(space, cast):
    archive(space, by=cast["facilitator"])


def _no_moderator(space, cast):
    Membership.objects.filter(space=space, user=cast["moderator"]).update(role=Role.MEMBER)


@pytest.mark.parametrize("spoil", [_forum_off, _archived, _no_moderator, None])
def test_place_that_is_none_is_one_error_and_nothing_moves(
    spoil, topic, hidden_space, cast, moderator, client_of
):
    if spoil:
        spoil(hidden_space, cast)
    slug = hidden_space.slug if spoil else topic.space.slug
    client = client_of(moderator)
    for sent in (
        client.post(at("relocation", topic), {"to": slug}),
        client.get(at("relocation", topic), {"to": slug}),
    ):
        assert sent.status_code == 422 and "Choose one of the spaces" in sent.content.decode()
    if spoil is _no_moderator:
        nonsense, forbidden = (
            masked(client.post(at("relocation", topic), {"to": to}).content, to) for to in ("nonsense", slug)
        )
        assert nonsense == forbidden
    assert Topic.objects.get(pk=topic.pk).forum_id == topic.forum_id


def test_announcement_is_an_ordinary_topic_where_it_is_moved(
    closed_space, network_space, facilitator, moderator
):
    topic = open_topic(closed_space, facilitator, "Subject", "Words", "en", kind=TopicKind.ANNOUNCEMENT)
    moving.move(topic, network_space, by=moderator)
    there = Topic.objects.get(pk=topic.pk)
    assert (there.type, there.kind) == (Topic.TOPIC_POST, TopicKind.DISCUSSION)


def test_answer_to_a_topic_that_was_moved_comes_back_with_the_way_there(
    topic, closed_space, public_space, without_member, member, moderator, client_of, monkeypatch
):
    """Other people read it there: nothing that was typed may land before them by itself."""
    from forum.views import replies

    url, client = topic.get_absolute_url(), client_of(member)

    def moved_first(found, by, **words):
        moving.move(Topic.objects.with_space().get(pk=topic.pk), public_space, by=moderator)
        return reply(found, by, **words)

    monkeypatch.setattr(replies, "reply", moved_first)
    key = client.get(url).context["form"].initial["key"]
    sent = {"content": "My long answer", "language": "en", "key": key}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 404 and "My long answer" in page and at("topic", topic, public_space) in page
    monkeypatch.undo()
    moving.move(Topic.objects.with_space().get(pk=topic.pk), without_member, by=moderator)
    page = client.post(url, sent).content.decode()
    assert "My long answer" in page and without_member.slug not in page and "zqmovedxv" not in page
    assert not Post.objects.filter(content="My long answer").exists()


# Splitting --------------------------------------------------------------------------------------------------------


def split(topic, by, client_of, *numbers, **data):
    sent = {"chosen": ids(topic, *numbers), "subject": "zqsplitxv", **data}
    return client_of(by).post(at("split", topic), sent)


def test_answers_become_a_topic_of_their_own_and_keep_their_addresses(
    topic, closed_space, member, observer, moderator, client_of
):
    marks.move(observer, topic, post=Post.objects.of(topic)[1].pk)
    marks.move(member, topic, post=topic.last_post_id)
    posts = list(Post.objects.of(topic))
    page = client_of(moderator).get(at("split", topic)).content.decode()
    assert "From the member" in page and posts[0].public_id not in page
    answer = split(topic, moderator, client_of, 1, 3)
    new = Topic.objects.with_space().get(subject="zqsplitxv")
    assert answer.headers["Location"] == new.get_absolute_url()
    assert shown(topic) == ["Opening words", "Reply 2"] and shown(new) == ["Reply 1", "From the member"]
    assert (new.poster, new.created, new.space) == (posts[1].poster, posts[1].created, closed_space)
    whole()
    link = client_of(member).get(at("post", posts[3], closed_space))
    assert link.headers["Location"] == f"{new.get_absolute_url()}#p{posts[3].public_id}"
    counts = dict(ReadMark.objects.filter(topic=new).values_list("user__email", "count"))
    assert (counts[observer.email], counts[member.email]) == (1, 2)
    assert dict(ReadMark.objects.filter(topic=topic).values_list("user__email", "count"))[observer.email] == 1
    assert Record.objects.get(verb="topic_split").person == posts[1].poster


def test_later_answers_go_along(topic, moderator, client_of):
    assert split(topic, moderator, client_of, 2, later="on").status_code == 302
    assert shown(topic) == ["Opening words", "Reply 1"]
    whole()


@pytest.mark.parametrize(
    ("numbers", "more", "words"),
    [((), [], "at least one"), ((0, 1), [], "opens the topic"), ((1,), ["x" * 20], "not in this topic"),
     ((1,), ["other"], "not in this topic"), ((1,), ["hidden"], "not in this topic")],
)  # fmt: skip
def test_choice_that_does_not_hold_splits_nothing_and_keeps_what_was_typed(
    numbers, more, words, topic, topic_in, closed_space, moderator, client_of
):
    others = {
        "other": lambda: Post.objects.of(topic_in(closed_space, replies=1))[1],
        "hidden": lambda: Post.objects.of(topic)[2],
    }
    chosen = ids(topic, *numbers)
    for name in more:
        post = others[name]() if name in others else None
        if name == "hidden":
            moderation.hide(post, by=moderator)
        chosen.append(post.public_id if post else name)
    before = Topic.objects.count()
    answer = client_of(moderator).post(at("split", topic), {"chosen": chosen, "subject": "zqsplitxv"})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "zqsplitxv" in page
    assert Topic.objects.count() == before


def test_split_of_a_long_topic_takes_the_same_queries(
    topic_in, closed_space, moderator, django_assert_max_num_queries
):
    for replies in (2, 15):
        topic = topic_in(closed_space, replies=replies)
        with django_assert_max_num_queries(50):
            moving.split(topic, ids(topic, *range(1, replies)), by=moderator, subject="New")


# Merging ----------------------------------------------------------------------------------------------------------


def test_two_topics_become_one_in_order_of_time_and_both_links_hold(
    topic_in, closed_space, member, observer, moderator, client_of
):
    first, second = topic_in(closed_space, subject="zqfirstxv"), topic_in(closed_space, subject="zqsecondxv")
    for topic, words in ((first, "a"), (second, "b"), (first, "c")):
        reply(Topic.objects.with_space().get(pk=topic.pk), member, words)
    moderation.hide(Post.objects.of(first)[1], by=moderator)
    marks.move(observer, first, post=Post.objects.of(first)[1].pk)
    link = at("post", Post.objects.of(first)[1], closed_space)
    page = client_of(moderator).get(at("merger", first), {"q": "SECOND"}).content.decode()
    assert second.public_id in page
    page = client_of(moderator).get(at("merger", first), {"into": second.public_id}).content.decode()
    assert "zqsecondxv" in page and "What will happen" in page
    answer = client_of(moderator).post(at("merger", first), {"into": second.public_id})
    assert answer.headers["Location"] == second.get_absolute_url()
    assert shown(second) == ["Opening words", "Opening words", "b", "c"]
    whole()
    client = client_of(observer)
    assert client.get(at("topic", first, closed_space)).headers["Location"] == second.get_absolute_url()
    assert client.get(link).headers["Location"].startswith(second.get_absolute_url())
    # The second opening was never read: rather new once more than never seen.
    assert ReadMark.objects.get(user=observer).count == 1
    now = Topic.objects.get(pk=second.pk)
    assert now.first_post.topic_id == second.pk and now.created == now.first_post.created
    news = {row.kind for row in Activity.objects.filter(target_id=now.first_post_id, space=closed_space)}
    assert "reply_posted" in news
    feed = client.get(reverse("communities:feed")).content.decode()
    assert "zqsecondxv" in feed and "zqfirstxv" not in feed
    moderation.restore(Post.objects.get(content="a"), by=moderator)
    whole()


@pytest.mark.parametrize("what", ["itself", "elsewhere", "hidden", "unknown"])
def test_topic_that_cannot_be_the_other_one_is_one_error(
    what, topic, topic_in, closed_space, public_space, moderator, client_of
):
    other = topic_in(public_space if what == "elsewhere" else closed_space)
    if what == "hidden":
        moderation.hide(Post.objects.get(pk=other.first_post.pk), by=moderator)
    into = {"itself": topic.public_id, "unknown": "x" * 20}.get(what, other.public_id)
    for method in ("post", "get"):
        answer = getattr(client_of(moderator), method)(at("merger", topic), {"into": into})
        assert answer.status_code == 422 and "Choose another topic of this space." in answer.content.decode()
    assert len(shown(topic)) == 4


def test_topic_closed_to_answers_takes_up_no_other(topic, topic_in, closed_space, moderator, client_of):
    other = topic_in(closed_space)
    moderation.lock(other, by=moderator)
    answer = client_of(moderator).post(at("merger", topic), {"into": other.public_id})
    assert answer.status_code == 422 and "closed to answers" in answer.content.decode()


def test_answer_to_a_topic_that_was_merged_lands_in_the_other(
    topic, topic_in, closed_space, member, moderator, client_of, monkeypatch
):
    from forum.views import replies

    other, url, client = topic_in(closed_space), topic.get_absolute_url(), client_of(member)

    def merged_first(found, by, **words):
        monkeypatch.undo()
        moving.merge(Topic.objects.with_space().get(pk=topic.pk), other, by=moderator)
        return reply(found, by, **words)

    monkeypatch.setattr(replies, "reply", merged_first)
    sent = {"content": "My answer", "language": "en", "key": client.get(url).context["form"].initial["key"]}
    assert client.post(url, sent).headers["Location"].startswith(other.get_absolute_url())
    assert shown(other)[-1] == "My answer"
    whole()


def test_what_allows_one_row_for_each_topic_is_never_doubled(topic, topic_in, closed_space, moderator):
    from machina.apps.forum_conversation.forum_polls.models import TopicPoll

    other = topic_in(closed_space)
    poll = TopicPoll.objects.create(topic=topic, question="Which?")
    moving.merge(topic, other, by=moderator)
    poll.refresh_from_db()
    assert poll.topic_id == other.pk
    third = topic_in(closed_space)
    TopicPoll.objects.create(topic=third, question="Which?")
    with pytest.raises(moving.Unmovable):
        moving.merge(third, Topic.objects.with_space().get(pk=other.pk), by=moderator)
    assert shown(third) == ["Opening words"]


def test_every_kind_of_news_of_the_forum_follows_its_topic():
    prefixes = {
        name for name, resolver in activity._resolvers.items() if resolver.__module__.startswith("forum")
    }
    assert prefixes == {*activities.ABOUT_TOPICS, *activities.ABOUT_POSTS, *activities.OF_APPROVING}


# Words begun ------------------------------------------------------------------------------------------------------


def begun(person, topic, words):
    return drafts.keep(person, topic.space, topic, content=words, language="fr")


def test_words_begun_in_both_topics_are_one_draft_after_the_merger(
    topic, topic_in, closed_space, member, moderator
):
    into = topic_in(closed_space)
    begun(member, topic, "zqfirst"), begun(member, into, "zqsecond")
    begun(moderator, topic, "zqalone")
    moving.merge(topic, into, by=moderator)
    kept = {draft.user: draft.content for draft in Draft.objects.filter(topic=into)}
    assert kept == {member: "zqsecond\n\nzqfirst", moderator: "zqalone"}
    assert not Draft.objects.filter(topic=topic).exists()


def test_words_begun_never_lead_to_a_space_that_one_may_not_know(
    topic, closed_space, without_member, member, moderator, client_of
):
    begun(member, topic, "zqmine"), begun(moderator, topic, "zqtheirs")
    uploads.hold(member, closed_space, topic, [cleaned(upload())])
    moving.move(topic, without_member, by=moderator)
    mine, theirs = (Draft.objects.get(user=person) for person in (member, moderator))
    assert (mine.topic, mine.space, mine.content) == (None, closed_space, "zqmine")
    assert (theirs.topic, theirs.space) == (topic, without_member)
    held = Upload.objects.get()
    assert (held.topic, held.space) == (None, closed_space)
    page = client_of(member).get(reverse("drafts:drafts")).content.decode()
    assert "zqmine" in page and "zqmovedxv" not in page and without_member.slug not in page


def test_answers_to_what_stands_elsewhere_now_are_answers_to_their_topic(topic, member, moderator):
    first, second, third = list(Post.objects.of(topic))[1:4]
    leads = reply(topic, member, "To the second", answers_to=second, aside=True)
    stays = reply(topic, member, "To the first", answers_to=first)
    moving.split(topic, [leads.public_id, third.public_id], by=moderator, subject="Elsewhere")
    found = {
        post.pk: (post.answers_to_id, post.aside) for post in Post.objects.filter(pk__in=[leads.pk, stays.pk])
    }
    assert found == {leads.pk: (None, False), stays.pk: (first.pk, False)}
