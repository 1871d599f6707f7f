"""What a post said before: who reads it, what is marked, what moderators take out of sight, and two devices."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.models import Record
from communities.permissions import Refused
from forum import history, moderation
from forum.forum_conversation.models import Post
from forum.history import EditedMeanwhile, Piece, differences, version_of_post
from forum.posting import edit, open_topic, reply
from forum.written import Revision
from tests.forum.test_posting import statements
from tests.forum.test_views import READERS
from tests.world import PEOPLE

LATER = timedelta(minutes=10)


def again(post):
    return Post.objects.with_space().get(pk=post.pk)


def edited(post, by, *texts):
    """One edit after another, ten minutes apart."""
    for number, text in enumerate(texts, start=1):
        with time_machine.travel(timezone.now() + number * LATER, tick=False):
            edit(again(post), by, content=text)
    return again(post)


def page_of(post, name="forum:history", *args):
    return reverse(name, args=[post.topic.space.slug, post.public_id, *args])


def test_edit_keeps_the_words_before_and_marks_the_post(closed_space, member):
    topic = open_topic(closed_space, member, "Before", "**old** words", "fr")
    with time_machine.travel(timezone.now() + LATER, tick=False):
        edit(again(topic.first_post), member, content="new words", subject="After", language="ar")
    kept = Revision.objects.get()
    assert (kept.subject, kept.content, kept.language) == ("Before", "**old** words", "fr")
    assert kept.written_at == topic.created
    assert again(topic.first_post).updates_count == 1


def test_slip_put_right_at_once_leaves_no_trace_until_somebody_answered(closed_space, member, topic_in):
    topic = topic_in(closed_space)
    post = reply(topic, member, "wrods")
    edit(again(post), member, content="words")
    assert not Revision.objects.exists() and again(post).updates_count == 0
    reply(topic, topic.poster, "you said words")
    edit(again(post), member, content="others")
    assert Revision.objects.get().content == "words"


def test_edit_that_changes_nothing_is_none(closed_space, member):
    post = edited(open_topic(closed_space, member, "S", "Words", "fr").first_post, member, "Words")
    assert post.updates_count == 0 and not Revision.objects.exists()


@pytest.mark.parametrize("visibility", READERS)
def test_history_is_read_by_who_reads_the_post(cast, spaces, client_of, member, visibility):
    post = open_topic(spaces[visibility], member, "S", "zqformerly", "fr").first_post
    post = edited(post, member, "now")
    for name in PEOPLE:
        answer = client_of(cast[name]).get(page_of(post))
        assert (answer.status_code == 200) == (name in READERS[visibility]), name
        assert ("zqformerly" in answer.text) == (name in READERS[visibility]), name


def test_history_shows_what_came_and_went_and_the_mark_leads_to_it(client_of, observer, closed_space, member):
    post = open_topic(closed_space, member, "S", "one <b>two</b> three", "fr").first_post
    post = edited(post, member, "one <b>deux</b> three", "one <b>deux</b> three four")
    answer = client_of(observer).get(page_of(post))
    assert '<ins dir="auto"> four</ins>' in answer.text
    assert '<del dir="auto">two</del><ins dir="auto">deux</ins>' in answer.text
    assert "&lt;b&gt;" in answer.text and "<b>two" not in answer.text
    assert f'href="{page_of(post)}"' in client_of(observer).get(post.topic.get_absolute_url()).text


def test_history_of_a_hidden_post_is_nowhere(client_of, moderator, member, closed_space, topic_in):
    post = edited(reply(topic_in(closed_space), member, "one"), member, "two")
    moderation.hide(post, by=moderator)
    for person in (member, moderator):
        assert client_of(person).get(page_of(post)).status_code == 404


def test_hidden_words_are_shown_in_no_version(client_of, member, moderator, closed_space, topic_in):
    post = edited(
        reply(topic_in(closed_space), member, "first"), member, "zqname of a person", "without", "last"
    )
    revision = Revision.objects.get(content="zqname of a person")
    with pytest.raises(Refused):
        history.hide(revision, by=member)
    client, url = client_of(moderator), page_of(post, "forum:revision_hiding", revision.public_id)
    assert "zqname" in client.get(url).text
    assert client.post(url, {"reason": "says who she is"}).status_code == 302
    for person in (member, moderator):
        answer = client_of(person).get(page_of(post))
        assert "zqname" not in answer.text and "without" in answer.text and "first" in answer.text
    row = Record.objects.latest("pk")
    assert (row.verb, row.actor, row.person, row.reason) == (
        "revision_hidden", moderator, member, "says who she is",
    )  # fmt: skip
    client.post(page_of(post, "forum:revision_restoration", revision.public_id))
    assert "zqname" in client.get(page_of(post)).text
    assert Record.objects.latest("pk").verb == "revision_restored"


def test_long_history_goes_back_page_by_page_with_as_many_queries(
    client_of, member, closed_space, topic_in, django_assert_max_num_queries
):
    post = reply(topic_in(closed_space), member, "text 0")
    post, client, counts = edited(post, member, "text 1"), client_of(member), []
    client.get(page_of(post))
    for more in ([], [f"text {number}" for number in range(2, 25)]):
        post = edited(post, member, *more)
        with django_assert_max_num_queries(12) as context:
            client.get(page_of(post))
        counts.append(len(context))
    assert counts[0] == counts[1]
    seen, url = [], page_of(post)
    for _page in range(5):
        answer = client.get(url)
        seen += [version.content[-1].text for version in answer.context["versions"]]
        if not answer.context["next_key"]:
            break
        url = f"{page_of(post)}?before={answer.context['next_key']}"
    assert len(seen) == 25
    assert client.get(f"{page_of(post)}?before=unknown").status_code == 404


def test_edit_from_words_that_are_not_there_any_more_shows_both(client_of, member, closed_space, topic_in):
    post = reply(topic_in(closed_space), member, "the first")
    version = version_of_post(again(post))
    client, url = client_of(member), page_of(post, "forum:post_edit")
    form = {"language": "fr", "version": version}
    assert client.post(url, form | {"content": "from the telephone"}).status_code == 302
    # Sent twice is no conflict.
    assert client.post(url, form | {"content": "from the telephone"}).status_code == 302
    answer = client.post(url, form | {"content": "from the laptop"})
    assert answer.status_code == 409
    assert "from the telephone" in answer.text and "from the laptop" in answer.text
    assert again(post).content.raw == "from the telephone"
    fresh = answer.context["form"]["version"].value()
    assert client.post(url, {**form, "version": fresh, "content": "both"}).status_code == 302
    assert again(post).content.raw == "both"
    with pytest.raises(EditedMeanwhile):
        edit(again(post), member, content="late", version=version)


def test_edit_takes_at_most_15_statements(closed_space, member, topic_in):
    post = reply(topic_in(closed_space), member, "one")
    post = again(post)
    with (
        time_machine.travel(timezone.now() + LATER, tick=False),
        CaptureQueriesContext(connection) as context,
    ):
        edit(post, member, content="two", version=version_of_post(post))
    assert Revision.objects.exists()
    assert len(statements(context)) <= 15, "\n".join(statements(context))


def read_back(pieces, without):
    return "".join(piece.text for piece in pieces if piece.how != without)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "new"),
        ("old", ""),
        ("same", "same"),
        ("one two three", "one 2 three"),
        ("السلام عليكم", "السلام على الجميع"),
        ("a b\nc d\ne f\n", "a b\nc x d\ne f"),
        ("x " * 10_000, "y " * 10_000),
        ("a b " * 5_000, "b a " * 5_000),
        ("\n" * 20_000, "\n" * 10_000 + "x"),
        ("".join(random.Random(1).choices("ab \n", k=20_000)), "".join(random.Random(2).choices("ab \n", k=20_000))),
    ],
)  # fmt: skip
def test_differences_give_both_texts_back_whatever_they_are(before, after):
    pieces = differences(before, after)
    assert read_back(pieces, "ins") == before
    assert read_back(pieces, "del") == after


def test_differences_are_told_word_by_word():
    assert differences("The old house is old.", "The new house is old.") == [
        Piece("", "The "),
        Piece("del", "old"),
        Piece("ins", "new"),
        Piece("", " house is old."),
    ]
