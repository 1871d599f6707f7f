"""A picture of a post, cast by visibility: who may read the post may read its file, nobody else."""

import pytest

from communities.joining import leave
from communities.models import Membership
from files.models import StoredFile
from forum import moderation
from forum.forum_conversation.models import Post
from forum.posting import open_topic, reply
from tests.files.pictures import photograph, upload
from tests.forum.test_views import READERS
from tests.world import PEOPLE


@pytest.mark.parametrize("visibility", READERS)
def test_readers_of_a_post_are_the_readers_of_its_picture(cast, spaces, client_of, member, visibility):
    sent = [upload(content=photograph())]
    topic = open_topic(spaces[visibility], member, "Subject", "Words", "fr", files=sent)
    stored = topic.first_post.files.get().stored
    url = stored.url
    answers = {}
    for name in PEOPLE:
        client = client_of(cast[name])
        answers[name] = {
            client.get(url).status_code,
            client.head(url).status_code,
            client.get(url, headers={"range": "bytes=0-"}).status_code,
            client.get(stored.small_url).status_code,
        }
    assert {name for name, statuses in answers.items() if statuses == {200, 206}} == READERS[visibility]
    assert all(statuses == {404} for name, statuses in answers.items() if name not in READERS[visibility])


def test_picture_of_a_hidden_post_is_hidden(client_of, member, moderator, closed_space):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    post = reply(topic, member, "Words", files=[upload()])
    url, client = post.files.get().stored.url, client_of(member)
    assert client.get(url).status_code == 200
    moderation.hide(Post.objects.get(pk=post.pk), by=moderator)
    assert client.get(url).status_code == 404


def test_picture_is_gone_for_whoever_left(client_of, member, observer, closed_space):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr", files=[upload()])
    url, client = topic.first_post.files.get().stored.url, client_of(observer)
    assert client.get(url).status_code == 200
    leave(Membership.objects.get(space=closed_space, user=observer))
    assert client.get(url).status_code == 404


def test_picture_is_shown_small_and_waits_for_a_tap_where_the_line_is_dear(client_of, member, closed_space):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr", files=[upload(content=photograph())])
    stored, client = topic.first_post.files.get().stored, client_of(member)
    small = f'<img src="{stored.small_url}" width="480" height="360" alt="photo.jpg" loading="lazy">'
    page = client.get(topic.get_absolute_url()).content.decode()
    assert f'<p class="picture"><a href="{stored.url}">{small}</a>' in page
    spared = client.get(topic.get_absolute_url(), headers={"Save-Data": "on"}).content.decode()
    assert '<p class="picture">' not in spared and '<details class="picture">' in spared and small in spared
    # A file from before there were small ones.
    StoredFile.objects.update(small_size=None, small_width=None, small_height=None)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert '<details class="picture">' in page and f'<img src="{stored.url}" width="1200"' in page
