"""Reports, the moderators' queue, hiding and restoring, closing and pinning."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Activity, Membership, Notification, Record
from communities.roles import Role
from forum import counters, moderation
from forum.forum_conversation.models import Post, Topic
from forum.models import Hiding, Report
from forum.posting import reply
from search.models import SearchEntry
from tests.canaries import WORD


@pytest.fixture
def post(topic_in, closed_space, member):
    return reply(topic_in(closed_space), member, "zqwordsxv of a member")


def at(name, thing):
    return reverse(f"forum:{name}", args=[thing.topic.space.slug, thing.public_id])


def queue(space, pile=""):
    return reverse("forum:cases", args=[space.slug]) + (f"?pile={pile}" if pile else "")


def verbs(space):
    return list(Record.objects.filter(space=space).order_by("pk").values_list("verb", flat=True))


def counted(topic):
    rows = Topic.objects.filter(pk=topic.pk)
    return rows.values("posts_count", "last_post", "last_post_on", "forum__direct_posts_count").get()


def found(person, client_of, word="zqwordsxv"):
    return client_of(person).get(reverse("search:search"), {"q": word}).content.decode().count("/forum/")


def test_report_is_told_once_to_those_who_look_after_the_space_and_names_nobody(
    post, closed_space, observer, moderator, facilitator, client_of, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client_of(observer).post(
                at("report_new", post), {"reason": "insult", "words": "zqwhyxv"}
            )
        assert answer.status_code == 302
    assert Report.objects.get().by == observer
    assert {message.to[0] for message in mail.outbox} == {moderator.email, facilitator.email}
    assert [WORD.findall(message.subject + message.body) for message in mail.outbox] == [[], []]
    page = client_of(moderator).get(queue(closed_space)).content.decode()
    assert "zqwhyxv" in page and "zqwordsxv" in page and observer.display_name not in page
    activity = Activity.objects.get(kind="post_reported")
    assert activity.actor is None
    line = client_of(moderator).get(reverse("communities:notifications")).content.decode()
    assert queue(closed_space) in line and observer.display_name not in line


def test_author_who_moderates_is_not_told_of_a_report_about_them(
    topic_in, closed_space, moderator, member, facilitator
):
    own = reply(topic_in(closed_space), moderator, "Mine")
    moderation.report(own, by=member, reason="other")
    told = Notification.objects.filter(activity__kind="post_reported")
    assert [row.recipient for row in told] == [facilitator]


@pytest.mark.parametrize(("who", "space", "status"), [
    ("visitor", "public_space", 403), ("newcomer", "public_space", 403), ("stranger", "public_space", 200),
    ("stranger", "network_space", 200), ("stranger", "closed_space", 403), ("stranger", "hidden_space", 404),
    ("observer", "closed_space", 200), ("former", "closed_space", 403),
])  # fmt: skip
def test_whoever_may_read_as_one_of_the_network_may_report(
    who, space, status, request, cast, topic_in, client_of
):
    opening = topic_in(request.getfixturevalue(space)).first_post
    assert client_of(cast[who]).get(at("report_new", opening)).status_code == status


def test_report_without_a_reason_keeps_the_words(post, observer, client_of):
    answer = client_of(observer).post(at("report_new", post), {"reason": "nonsense", "words": "Kept words"})
    assert answer.status_code == 422 and "Kept words" in answer.content.decode()
    assert not Report.objects.exists()


def test_hidden_post_is_gone_for_everybody_and_comes_back_as_it_was(
    post, closed_space, member, observer, moderator, client_of, django_capture_on_commit_callbacks
):
    before = counted(post.topic)
    assert found(observer, client_of) == 1
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(moderator).post(at("hiding", post), {"reason": "zqreasonxv"})
    assert answer.headers["Location"] == queue(closed_space)
    for person in (member, observer, moderator):
        assert "zqwordsxv" not in client_of(person).get(post.topic.get_absolute_url()).content.decode()
        assert client_of(person).get(at("post", post)).status_code == 404
        assert found(person, client_of) == 0
    assert [message.to for message in mail.outbox] == [[member.email]]
    assert not WORD.search(mail.outbox[0].body) and moderator.display_name not in mail.outbox[0].body
    page = client_of(moderator).get(queue(closed_space, "hidden")).content.decode()
    assert "zqwordsxv" in page and "zqreasonxv" in page

    assert client_of(moderator).post(at("restoration", post)).status_code == 302
    assert counted(post.topic) == before
    assert "zqwordsxv" in client_of(observer).get(post.topic.get_absolute_url()).content.decode()
    assert found(observer, client_of) == 1
    assert verbs(closed_space)[-2:] == ["post_hidden", "post_restored"]


def test_hidden_opening_takes_its_topic_along_and_brings_back_what_was_not_hidden_itself(
    topic_in, closed_space, member, moderator, client_of
):
    topic = topic_in(closed_space, replies=3)
    kept_out = Post.objects.of(topic)[2]
    before = {row.object_id for row in SearchEntry.objects.filter(kind="post")}
    moderation.hide(kept_out, by=moderator)
    opening = Post.objects.get(pk=topic.first_post.pk)
    moderation.hide(opening, by=moderator)
    assert client_of(member).get(topic.get_absolute_url()).status_code == 404
    assert not SearchEntry.objects.filter(kind="post").exists()
    assert topic.subject in client_of(moderator).get(queue(closed_space, "hidden")).content.decode()
    moderation.restore(Post.objects.get(pk=opening.pk), by=moderator)
    page = client_of(member).get(topic.get_absolute_url()).content.decode()
    assert "Reply 1" in page and "Reply 2" not in page and "Reply 3" in page
    assert {row.object_id for row in SearchEntry.objects.filter(kind="post")} == before - {kept_out.pk}
    ours = counted(topic)
    counters.recount(topic)
    assert counted(topic) == ours and ours["posts_count"] == 3


def test_answer_restored_in_a_hidden_topic_stays_out_of_the_search(topic_in, closed_space, moderator):
    topic = topic_in(closed_space, replies=1)
    answer = Post.objects.of(topic)[1]
    moderation.hide(answer, by=moderator)
    moderation.hide(Post.objects.get(pk=topic.first_post.pk), by=moderator)
    moderation.restore(Post.objects.get(pk=answer.pk), by=moderator)
    assert not SearchEntry.objects.filter(space=closed_space, kind__in=["topic", "post"]).exists()


def test_deed_done_twice_is_one(post, closed_space, moderator, client_of):
    client, topic = client_of(moderator), post.topic
    for name in ("hiding", "restoration"):
        for _again in range(2):
            assert client.post(at(name, post)).status_code == 302
    for name in ("closure", "reopening", "pin", "unpinning"):
        for _again in range(2):
            url = reverse(f"forum:{name}", args=[closed_space.slug, topic.public_id])
            assert client.post(url).status_code == 302
    moderation.report(post, by=moderator, reason="spam")
    for _again in range(2):
        client.post(at("settlement", post))
    assert verbs(closed_space)[-7:] == [
        "post_hidden", "post_restored", "topic_locked", "topic_unlocked", "topic_pinned", "topic_unpinned",
        "post_reports_settled",
    ]  # fmt: skip
    assert not Hiding.objects.exists() and Post.objects.get(pk=post.pk).approved


def test_settled_report_leaves_the_queue(post, closed_space, observer, moderator, client_of):
    moderation.report(post, by=observer, reason="spam")
    client = client_of(moderator)
    assert "zqwordsxv" in client.get(queue(closed_space)).content.decode()
    client.post(at("settlement", post))
    assert "zqwordsxv" not in client.get(queue(closed_space)).content.decode()
    assert "zqwordsxv" in client.get(post.topic.get_absolute_url()).content.decode()


def test_right_lost_a_moment_ago_decides_nothing(post, closed_space, moderator, client_of):
    client = client_of(moderator)
    assert client.get(at("hiding", post)).status_code == 200
    Membership.objects.filter(space=closed_space, user=moderator).update(role=Role.MEMBER)
    assert client.post(at("hiding", post)).status_code == 403
    assert Post.objects.get(pk=post.pk).approved


def test_post_of_another_space_is_not_found(post, public_space, cast, client_of):
    url = reverse("forum:hiding", args=[public_space.slug, post.public_id])
    assert client_of(cast["moderator"]).post(url).status_code == 404
    assert Post.objects.get(pk=post.pk).approved


@pytest.mark.parametrize("pile", ["reported", "hidden"])
def test_queue_takes_the_same_queries_for_one_and_thirty(
    pile, topic_in, closed_space, member, observer, moderator, client_of, warm
):
    topic, client, numbers = topic_in(closed_space), client_of(moderator), []
    for more in (1, 29):
        for number in range(more):
            made = reply(topic, member, f"Case {number}")
            moderation.report(made, by=observer, reason="spam")
            if pile == "hidden":
                moderation.hide(made, by=moderator)
        client.get(queue(closed_space, pile))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(queue(closed_space, pile)).status_code == 200
        numbers.append(len(caught))
    assert numbers[0] == numbers[1] <= 9


def test_unknown_pile_is_not_found(closed_space, moderator, client_of):
    assert client_of(moderator).get(queue(closed_space, "nonsense")).status_code == 404


@pytest.mark.parametrize("hidden", [True, False])
def test_words_for_a_topic_that_is_hidden_or_never_was_come_back(
    hidden, topic_in, closed_space, member, moderator, client_of
):
    topic = topic_in(closed_space, replies=1)
    url = topic.get_absolute_url() if hidden else topic.get_absolute_url().replace(topic.public_id, "x" * 16)
    moderation.hide(Post.objects.get(pk=topic.first_post.pk), by=moderator)
    answer = client_of(member).post(url, {"content": "My long answer", "language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "My long answer" in page and topic.subject not in page and "Reply 1" not in page
    assert not Post.objects.filter(content="My long answer").exists()


def test_topic_hidden_in_the_very_moment_takes_no_answer(
    topic_in, closed_space, member, moderator, client_of, monkeypatch
):
    from forum.views import replies

    topic = topic_in(closed_space)

    def hidden_first(found, by, **words):
        moderation.hide(Post.objects.get(pk=topic.first_post.pk), by=moderator)
        return reply(found, by, **words)

    monkeypatch.setattr(replies, "reply", hidden_first)
    key = client_of(member).get(topic.get_absolute_url()).context["form"].initial["key"]
    sent = {"content": "My long answer", "language": "en", "key": key}
    answer = client_of(member).post(topic.get_absolute_url(), sent)
    assert answer.status_code == 404 and "My long answer" in answer.content.decode()
    assert topic.subject not in answer.content.decode()
