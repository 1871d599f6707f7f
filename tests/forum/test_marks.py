"""How far somebody has read: written after the answer, forward only, in one statement."""

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities import afterwards
from forum import marks
from forum.forum_conversation.models import Post
from forum.models import ReadMark


def seen(person, topic):
    return ReadMark.objects.filter(user=person, topic=topic).values_list("post", "count").first()


def test_reading_is_noted_once_after_the_answer(member, closed_space, topic_in, client_of):
    topic = topic_in(closed_space, replies=3)
    client = client_of(member)
    last = Post.objects.of(topic).last().pk
    for writes in (1, 0):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(topic.get_absolute_url())
        written = [
            query["sql"]
            for query in asked
            if "space_forum_readmark" in query["sql"] and query["sql"].startswith("INSERT")
        ]
        assert len(written) == writes
        assert not writes or asked.captured_queries[-1]["sql"].startswith("INSERT")
        assert seen(member, topic) == (last, 4)


def test_list_opened_at_once_after_reading_calls_nothing_new(
    member, closed_space, topic_in, client_of, monkeypatch
):
    """As another process finds it that is asked between the answer and the writing."""
    topic, client = topic_in(closed_space, replies=3), client_of(member)
    url, address = topic.get_absolute_url(), reverse("forum:topics", args=[closed_space.slug])
    marks.move(member, topic, post=topic.first_post_id)
    assert "3 new" in client.get(address).text
    with monkeypatch.context() as patch:
        patch.setattr(HttpResponse, "close", lambda _response: None)
        page = client.get(url)
    assert "Reply 3" in page.text and seen(member, topic)[1] == 1
    monkeypatch.setattr(afterwards.time, "sleep", lambda _seconds: page._resource_closers.pop()())
    assert "3 new" not in client.get(address).text
    assert seen(member, topic)[1] == 4


def test_mark_moves_forward_only(member, closed_space, topic_in):
    topic = topic_in(closed_space, replies=3)
    ids = list(Post.objects.of(topic).values_list("pk", flat=True))
    for post, stands in ((1, 1), (3, 3), (2, 3)):
        marks.move(member, topic, post=ids[post])
        assert seen(member, topic)[0] == ids[stands]
    assert seen(member, topic) == (ids[3], 4)
    assert ReadMark.objects.filter(user=member).count() == 1


def test_visitor_leaves_no_mark(client, public_space, topic_in):
    client.get(topic_in(public_space).get_absolute_url())
    assert not ReadMark.objects.filter(user=None).exists()
