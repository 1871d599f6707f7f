"""What somebody keeps for later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities import joining
from communities.models import Membership
from forum import moderation
from forum.models import Saved
from forum.talking import saved
from forum.talking.belongings import parts

LIST = "/en/saved/"


def address(topic):
    return reverse("forum:bookmark", args=[topic.space.slug, topic.first_post.public_id])


def test_post_is_saved_with_a_note_that_only_its_owner_reads(
    client_of, member, facilitator, closed_space, topic_in
):
    topic = topic_in(closed_space, subject="To be read")
    client = client_of(member)
    client.post(address(topic), {"note": "zqnote"})
    client.post(address(topic), {"note": "zqnote again"})
    assert [row.note for row in Saved.objects.all()] == ["zqnote again"]
    page = client.get(LIST).text
    assert "To be read" in page and "zqnote again" in page and topic.first_post.get_absolute_url() in page
    for url in (LIST, address(topic), topic.get_absolute_url()):
        assert "zqnote" not in client_of(facilitator).get(url).text
    assert client.post(address(topic), {"end": "1"})["Location"] == LIST
    assert not Saved.objects.exists()


def test_note_that_is_too_long_is_given_back(client_of, member, closed_space, topic_in):
    answer = client_of(member).post(address(topic_in(closed_space)), {"note": "y" * 501})
    assert answer.status_code == 422 and "y" * 501 in answer.text and not Saved.objects.exists()


@pytest.mark.parametrize("how", ["hidden", "suspended", "left"])
def test_what_one_may_no_longer_read_is_not_listed(client_of, member, moderator, closed_space, topic_in, how):
    topic = topic_in(closed_space, subject="zqgone")
    saved.save(topic.first_post, member, "a note")
    if how == "hidden":
        moderation.hide(topic.first_post, by=moderator)
    elif how == "suspended":
        Membership.objects.filter(user=member, space=closed_space).update(suspended_at="2026-01-01T00:00Z")
    else:
        joining.leave(Membership.objects.get(user=member, space=closed_space))
    assert "zqgone" not in client_of(member).get(LIST).text
    assert Saved.objects.exists() == (how != "left")
    shown = [row for part in parts(member) for row in part.rows()]
    assert not any("zqgone" in str(row) for row in shown)


def test_list_takes_the_same_queries_at_1_and_at_20(client_of, member, closed_space, topic_in):
    client, counts = client_of(member), []
    for number in (1, 19):
        for _ in range(number):
            saved.save(topic_in(closed_space).first_post, member, "a note")
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
