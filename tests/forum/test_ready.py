"""Pages cut out of a topic, against the plain list of its posts."""

import pytest

from files.models import StoredFile
from forum.forum_conversation.models import Post, Topic
from forum.models import PostFile
from forum.paging import PAGE_SIZE
from forum.posting import reply
from forum.ready import Voices, topic_of


@pytest.fixture
def long_topic(closed_space, topic_in):
    topic = topic_in(closed_space, replies=4 * PAGE_SIZE + 6)
    return Topic.objects.get(pk=topic.pk)


def cut(voices, count):
    return [voices[at : min(at + PAGE_SIZE, count)] for at in range(0, count, PAGE_SIZE)]


def test_every_page_shows_what_the_list_has_there(long_topic, closed_space):
    plain = list(Post.objects.of(long_topic).with_voice(closed_space))
    pages = cut(Voices(long_topic, closed_space), long_topic.posts_count)
    assert [len(page) for page in pages] == [20, 20, 20, 20, 7]
    assert [post for page in pages for post in page] == plain
    assert [post.role for page in pages for post in page] == [post.role for post in plain]
    assert {post.poster.display_name for page in pages for post in page} == {plain[0].poster.display_name}


def test_post_that_comes_meanwhile_is_on_no_page_yet(long_topic, closed_space, facilitator):
    before = [post.pk for post in Post.objects.of(long_topic)]
    reply(Topic.objects.get(pk=long_topic.pk), facilitator, "While the page was asked for")
    pages = cut(Voices(long_topic, closed_space), long_topic.posts_count)
    assert [post.pk for page in pages for post in page] == before


def test_hidden_and_other_spaces_topics_are_not_found(long_topic, closed_space, public_space, member):
    assert topic_of(closed_space, member, long_topic.public_id) == long_topic
    assert topic_of(public_space, member, long_topic.public_id) is None
    Topic.objects.filter(pk=long_topic.pk).update(approved=False)
    assert topic_of(closed_space, member, long_topic.public_id) is None


PARTS = (slice(0, 20), slice(80, 87), slice(20, 40), slice(60, 80))


def test_last_page_costs_as_many_queries_as_the_first(long_topic, closed_space, django_assert_num_queries):
    voices = Voices(long_topic, closed_space)
    for part in PARTS:
        with django_assert_num_queries(1):
            voices[part]


def test_files_cost_a_query_on_the_pages_that_have_some(long_topic, closed_space, django_assert_num_queries):
    posts = list(Post.objects.of(long_topic))
    there = [posts[number] for number in (3, 7, 81, 25, 26)]
    for post in there:
        stored = StoredFile.objects.create(kind="post", name="a.txt", content_type="text/plain", size=1)
        PostFile.objects.create(post=post, stored=stored)
    voices = Voices(long_topic, closed_space)
    for part, queries in zip(PARTS, (2, 2, 2, 1), strict=True):
        with django_assert_num_queries(queries):
            for post in voices[part]:
                assert post.has_files == (post in there)
                assert not post.has_files or [file.stored.name for file in post.files.all()] == ["a.txt"]
