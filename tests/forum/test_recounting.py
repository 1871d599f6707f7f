"""`manage.py recount_forum`: what is kept against what is there."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from machina.apps.forum.models import Forum

from forum import marks, moderation
from forum.forum_conversation.models import Post, Topic
from forum.models import ReadMark
from forum.posting import reply


def recounted(*arguments):
    """(lines, exit code)"""
    out = StringIO()
    try:
        call_command("recount_forum", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue().splitlines()[:-1], end.code
    return out.getvalue().splitlines()[:-1], 0


@pytest.fixture
def topic(topic_in, closed_space, member):
    topic = topic_in(closed_space, replies=3)
    marks.move(member, topic, post=Post.objects.of(topic)[2].pk)
    return topic


def test_nothing_differs_after_whatever_people_do(topic, closed_space, member, moderator, topic_in):
    topic_in(closed_space, replies=1)
    answers = list(Post.objects.of(topic))
    moderation.hide(answers[1], by=moderator)
    moderation.hide(answers[3], by=moderator)
    moderation.hide(Post.objects.get(pk=topic.first_post.pk), by=moderator)
    assert recounted("--check") == ([], 0)
    for post in (answers[3], answers[0]):
        moderation.restore(Post.objects.get(pk=post.pk), by=moderator)
    assert recounted("--check") == ([], 0)


def test_what_a_reader_has_seen_stays_seen_when_a_post_is_hidden(topic, member, moderator):
    """Else the next answer would not be new to them."""
    moderation.hide(Post.objects.of(topic)[1], by=moderator)
    assert ReadMark.objects.get(user=member).count == 2
    reply(Topic.objects.get(pk=topic.pk), moderator, "Something new")
    topic = Topic.objects.with_mark_of(member).get(pk=topic.pk)
    assert marks.news(topic, None).count == 2


@pytest.mark.parametrize("column", ["posts_count", "first_post", "last_post", "last_post_on"])
def test_column_of_a_topic_is_found_and_put_right(topic, column):
    _broken(Topic.objects.filter(pk=topic.pk), column, "topic", topic.pk)


@pytest.mark.parametrize("column", ["direct_topics_count", "direct_posts_count", "last_post", "last_post_on"])
def test_column_of_a_forum_is_found_and_put_right(topic, column):
    _broken(Forum.objects.filter(pk=topic.forum_id), column, "forum", topic.forum_id)


def test_mark_is_found_and_put_right(topic, member):
    mark = ReadMark.objects.get(user=member)
    _broken(ReadMark.objects.filter(pk=mark.pk), "count", "mark", mark.pk)


def _broken(row, column, what, pk):
    good = row.values(column).get()
    row.update(**{column: timezone.now() if column.endswith("_on") else 77 if "count" in column else None})
    bad = row.values(column).get()
    lines, code = recounted("--check")
    assert code == 1 and f"{what} {pk}: {column} is {bad[column]}, counted {good[column]}" in lines
    assert row.values(column).get() == bad
    assert recounted()[1] == 0
    assert row.values(column).get() == good
    assert recounted("--check") == ([], 0)
