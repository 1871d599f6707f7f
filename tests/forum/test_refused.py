"""The right was lost while somebody wrote: they are told why, and their words are there to be copied."""

import pytest
from django.utils import timezone

from communities.models import Membership, Space
from forum.forum_conversation.models import Post
from forum.posting import reply
from tests.forum.test_views import address, upload, words

TEXT = "Zq words of an hour"


def lose(how, space, person):
    rows = Membership.objects.filter(space=space, user=person)
    {
        "demoted": lambda: rows.update(role=10),
        "archived": lambda: Space.objects.filter(pk=space.pk).update(archived_at=timezone.now()),
        "removed": rows.delete,
    }[how]()


@pytest.mark.parametrize("how", ["demoted", "archived"])
@pytest.mark.parametrize("place", ["topic", "answer", "edit", "draft"])
def test_words_come_back_with_the_reason(how, place, closed_space, member, client_of, topic_in):
    topic = topic_in(closed_space)
    own = reply(topic, member, "Before")
    url, makes = {
        "topic": (address(closed_space, name="forum:topic_new"), "topic"),
        "answer": (topic.get_absolute_url(), "reply"),
        "edit": (address(closed_space, own.public_id, name="forum:post_edit"), "reply"),
        "draft": (address(closed_space, topic.public_id, name="forum:draft"), "reply"),
    }[place]
    form = words(member, makes, content=TEXT, subject="Zq title")
    lose(how, closed_space, member)
    answer = client_of(member).post(url, form)
    assert answer.status_code == 403 and f"{TEXT}</textarea>" in answer.text
    assert ("archived" if how == "archived" else "role in this space") in answer.text
    assert not Post.objects.filter(content__contains=TEXT).exists()


@pytest.mark.parametrize("visibility", ["closed", "hidden"])
def test_whoever_reads_here_no_more_gets_what_everybody_outside_gets(
    visibility, spaces, member, client_of, topic_in
):
    space = spaces[visibility]
    topic = topic_in(space)
    lose("removed", space, member)
    answer = client_of(member).post(topic.get_absolute_url(), words(member, content=TEXT))
    assert answer.status_code == (404 if visibility == "hidden" else 403)
    assert TEXT not in answer.text and topic.subject not in answer.text


@pytest.mark.parametrize("place", ["topic", "answer"])
@pytest.mark.parametrize("how", ["demoted", "removed"])
def test_right_lost_while_a_picture_was_cleaned_publishes_nothing(
    how, place, closed_space, member, client_of, topic_in, monkeypatch
):
    """The page was asked for in time; taking apart what was sent takes seconds."""
    from forum.forms import files

    cleaned, topic = files.cleaned, topic_in(closed_space)

    def slowly(*given):
        lose(how, closed_space, member)
        return cleaned(*given)

    monkeypatch.setattr(files, "cleaned", slowly)
    url = topic.get_absolute_url() if place == "answer" else address(closed_space, name="forum:topic_new")
    makes = "reply" if place == "answer" else "topic"
    form = words(
        member, makes, content=TEXT, files=[upload()], **({"subject": "Zq"} if makes == "topic" else {})
    )
    before = Post.objects.count()
    answer = client_of(member).post(url, form)
    assert (answer.status_code, Post.objects.count()) == (403, before)
    assert (TEXT in answer.text) == (how == "demoted")
