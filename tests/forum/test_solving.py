"""Marking the answer that helped, and when that ends."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.activity import lines_for
from communities.joining import leave
from communities.models import Activity, Membership, Notification, Record
from communities.permissions import Refused
from forum import moderation, solving
from forum.forum_conversation.models import Post, Topic
from forum.kinds import KindRefused, TopicKind
from forum.posting import open_topic, reply
from forum.turning import turn
from tests.forum.test_views import address


@pytest.fixture
def question(closed_space, member):
    return open_topic(closed_space, member, "Who knows?", "Words", "en", kind=TopicKind.QUESTION)


@pytest.fixture
def answer(question, facilitator):
    return reply(question, facilitator, "**zqanswer**xv")


def at(name, post):
    return reverse(f"forum:{name}", args=[post.topic.space.slug, post.public_id])


def solution():
    return Topic.objects.get().solution_id


def test_who_asked_marks_the_answer_and_its_author_hears_of_it_once(
    client_of, member, facilitator, question, answer, django_capture_on_commit_callbacks
):
    Notification.objects.all().delete()
    client = client_of(member)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(at("solution", answer), follow=True).text
    assert solution() == answer.pk
    assert 'class="solution"' in page and ">zqanswerxv</p>" in page and "post solved" in page
    assert f'<p class="small"><a href="{at("post", answer)}">' in page
    assert list(Notification.objects.values_list("recipient", flat=True)) == [facilitator.pk]
    body = mail.outbox[-1].body
    assert "/notifications/" in body and "zqanswer" not in body and "Who knows" not in body
    activity = Activity.objects.get(kind="solution_marked")
    assert lines_for(facilitator, [activity])[activity.pk].url == at("post", answer)
    assert not Activity.objects.visible_to(facilitator).filter(pk=activity.pk).exists()
    client.post(at("solution_withdrawal", answer))
    assert solution() is None
    client.post(at("solution", answer))
    assert Notification.objects.count() == 1
    assert not Record.objects.filter(verb__startswith="solution").exists()
    listed = client.get(address(answer.topic.space)).text
    assert "Solved question" in listed


def test_one_solution_and_the_later_one_stays(member, moderator, question, answer):
    other = reply(question, moderator, "Better")
    assert solving.mark(answer, by=member) and solving.mark(other, by=member)
    assert not solving.mark(other, by=member)
    assert solution() == other.pk


def test_moderators_mark_and_are_written_down(moderator, member, question, answer):
    solving.mark(answer, by=moderator)
    solving.withdraw(question, by=moderator)
    assert not solving.withdraw(question, by=moderator)
    rows = Record.objects.filter(actor=moderator, person=member)
    assert list(rows.order_by("pk").values_list("verb", flat=True)) == [
        "solution_marked",
        "solution_withdrawn",
    ]


def test_nobody_else_marks(client_of, cast, facilitator, closed_space, moderator):
    topic = open_topic(closed_space, moderator, "Mine", "Words", "en", kind=TopicKind.QUESTION)
    post = reply(topic, facilitator, "An answer")
    for name in ("member", "observer", "stranger", "former"):
        client = client_of(cast[name])
        assert client.post(at("solution", post)).status_code == 403, name
        assert client.post(at("solution_withdrawal", post)).status_code == 403, name
        with pytest.raises(Refused):
            solving.mark(post, by=cast[name])
        assert "solution/" not in client.get(topic.get_absolute_url()).text
    assert solution() is None
    solving.mark(post, by=moderator)
    for name in ("member", "observer", "stranger"):
        assert client_of(cast[name]).post(at("solution_withdrawal", post)).status_code == 403
    assert solution() == post.pk


def test_what_answers_no_question_is_no_solution(client_of, member, closed_space, question, answer):
    discussion = open_topic(closed_space, member, "Talk", "Words", "en")
    said = reply(discussion, member, "An answer")
    for post in (question.first_post, said):
        post.topic.space = closed_space
        with pytest.raises(solving.NoSolution):
            solving.mark(post, by=member)
        page = client_of(member).post(at("solution", post), follow=True)
        assert page.status_code == 200 and "Only an answer to a question" in page.text
    assert not Topic.objects.exclude(solution=None).exists()


def test_solution_goes_with_the_answer(
    client_of, member, moderator, question, answer, topic_in, closed_space
):
    solving.mark(answer, by=member)
    moderation.hide(answer, by=moderator)
    assert solution() is None
    page = client_of(member).get(question.get_absolute_url()).text
    assert "zqanswer" not in page
    moderation.restore(answer, by=moderator)
    assert solution() is None
    # A tap on a page from before.
    moderation.hide(answer, by=moderator)
    assert client_of(member).post(at("solution", answer)).status_code == 404


def test_solution_that_was_moved_away_is_dropped(member, question, answer, topic_in, closed_space):
    solving.mark(answer, by=member)
    assert solving.drop_lost(question.pk) == 0
    Post.objects.filter(pk=answer.pk).update(topic=topic_in(closed_space))
    assert solving.drop_lost(question.pk) == 1
    assert not Topic.objects.exclude(solution=None).exists()


def test_question_whose_solution_is_split_off_is_open_again(client_of, member, moderator, question, answer):
    other = reply(question, member, "And then?")
    solving.mark(answer, by=member)
    url = reverse("forum:split", args=[question.space.slug, question.public_id])
    client = client_of(moderator)
    assert "it is a question without a solution again" in client.get(url).text
    page = client.post(url, {"chosen": [answer.public_id], "subject": "Split off"}, follow=True)
    assert "The question is open again." in page.text and "post solved" not in page.text
    made = Topic.objects.exclude(pk=question.pk).get()
    assert (made.kind, made.solution) == (TopicKind.DISCUSSION, None)
    assert Topic.objects.get(pk=question.pk).solution is None
    # Another answer leaves the solution where it is.
    solving.mark(Post.objects.with_space().get(pk=other.pk), by=member)
    third = reply(Topic.objects.with_space().get(pk=question.pk), member, "Beside the question")
    page = client.post(url, {"chosen": [third.public_id], "subject": "Split off"}, follow=True)
    assert "The question is open again." not in page.text
    assert Topic.objects.get(pk=question.pk).solution == other


def test_old_page_takes_no_other_solution_back(client_of, member, moderator, question, answer):
    other = reply(question, moderator, "Better")
    solving.mark(other, by=member)
    client_of(member).post(at("solution_withdrawal", answer))
    assert solution() == other.pk


def test_solved_question_stays_a_question(client_of, member, question, answer):
    solving.mark(answer, by=member)
    with pytest.raises(KindRefused):
        turn(question, TopicKind.DISCUSSION, by=member)
    page = client_of(member).get(question.get_absolute_url()).text
    assert "Turn into a discussion" not in page


def test_whoever_left_a_closed_space_hears_nothing(member, facilitator, moderator, question):
    post = reply(question, moderator, "An answer")
    leave(Membership.objects.get(space=question.space, user=moderator))
    Notification.objects.all().delete()
    solving.mark(post, by=member)
    assert not Notification.objects.exists()


def test_topic_with_a_solution_costs_no_query_more(client_of, cast, member, question, answer):
    for name in ("member", "observer"):
        client, counts = client_of(cast[name]), []
        for deed in (solving.mark, lambda _answer, by: solving.withdraw(question, by=by)):
            client.get(question.get_absolute_url())
            with CaptureQueriesContext(connection) as seen:
                client.get(question.get_absolute_url())
            counts.append(len(seen))
            deed(answer, by=member)
        assert counts[0] == counts[1], (name, counts)
