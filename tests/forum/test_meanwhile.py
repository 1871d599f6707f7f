"""Others posted while somebody wrote: told once, not in a lively conversation, not about one's own."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from forum.forum_conversation.models import Post
from forum.posting import reply
from tests.forum.test_views import words


@pytest.mark.parametrize(
    ("minutes", "who", "asks"), [(2, "moderator", True), (0, "moderator", False), (2, "member", False)]
)
def test_newer_posts_are_shown_once_before_publishing(
    client_of, cast, member, closed_space, topic_in, minutes, who, asks
):
    topic, client = topic_in(closed_space), client_of(member)
    opened = client.get(topic.get_absolute_url()).context["form"]
    form = words(member, content="my answer", seen=opened["seen"].value())
    reply(topic, cast[who], "**zqnewer** words")
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        answer = client.post(topic.get_absolute_url(), form)
        if not asks:
            assert answer.status_code == 302
            return
        assert answer.status_code == 200 and Post.objects.count() == 2
        assert 'id="meanwhile"' in answer.text and "my answer</textarea>" in answer.text
        again = form | {"seen": answer.context["form"]["seen"].value()}
        assert client.post(topic.get_absolute_url(), again).status_code == 302
    assert Post.objects.count() == 3


@pytest.mark.parametrize("seen", ["", "x", "1", "1.", ".5", "9" * 40, "-1.0", "١.٢"])
def test_whatever_stands_in_the_field_the_post_is_published(client_of, member, closed_space, topic_in, seen):
    answer = client_of(member).post(topic_in(closed_space).get_absolute_url(), words(member, seen=seen))
    assert answer.status_code == 302
