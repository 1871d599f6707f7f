"""The desk of those who run a space, rights of single people, archiving."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from communities import founding, granting, grants, hooks, joining, steering
from communities.models import Activity, Grant, Notification, Record
from communities.permissions import may
from forum.forum_conversation.models import Topic
from forum.posting import open_topic, reply
from tests.communities.test_views import queries


def url_of(name, space, *args):
    return reverse(f"communities:{name}", args=[space.slug, *args])


def a_right(person, **changed):
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    return {"page": f"https://x/en/people/{person.public_id}/", "right": "read_space", "until": day} | {
        "reason": "expert for one week",
        **changed,
    }


# Rights of single people -------------------------------------------------------------------------------------------


def test_right_is_given_listed_told_used_and_withdrawn(
    cast, hidden_space, client_of, django_capture_on_commit_callbacks
):
    stranger, client = cast["stranger"], client_of(cast["facilitator"])
    url = url_of("grants", hidden_space)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, a_right(stranger)).status_code == 302
    grant = Grant.objects.get(user=stranger)
    assert (grant.granted_by, grant.permission.codename) == (cast["facilitator"], "read_space")
    assert client_of(stranger).get(hidden_space.get_absolute_url()).status_code == 200
    assert stranger.display_name in client.get(url).content.decode()
    (message,) = mail.outbox
    assert message.to == [stranger.email] and hidden_space.name not in message.body
    row = Record.objects.get(verb="given_read_space")
    assert (row.person, row.reason, row.space) == (stranger, "expert for one week", hidden_space)
    forgotten = []
    hooks.leave.append(lambda user, space: forgotten.append((user, space)))
    try:
        answer = client.post(url_of("grant_withdrawal", hidden_space, grant.pk))
    finally:
        hooks.leave.pop()
    assert answer.status_code == 302
    assert client_of(stranger).get(hidden_space.get_absolute_url()).status_code == 404
    assert forgotten == [(stranger, hidden_space)]
    assert not Notification.objects.filter(recipient=stranger, activity__space=hidden_space).exists()
    assert client.post(url_of("grant_withdrawal", hidden_space, grant.pk)).status_code == 404


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"page": "https://x/en/people/nobody/"}, "No member of the network"),
        ({"page": ""}, "required"),
        ({"right": "root"}, "Select a valid choice"),
        ({"until": "2001-01-01"}, "between today and one year"),
        ({"until": "9999-12-31"}, "between today and one year"),
        ({"until": "soon"}, "valid date"),
        ({"reason": " "}, "required"),
    ],
    ids=str,
)
def test_wrong_right_is_said_and_nothing_is_given(cast, closed_space, client_of, change, message):
    answer = client_of(cast["facilitator"]).post(
        url_of("grants", closed_space), a_right(cast["stranger"], **change)
    )
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("name", ["newcomer", "suspended"])
def test_right_goes_to_members_of_the_network_alone(cast, closed_space, client_of, name):
    answer = client_of(cast["facilitator"]).post(url_of("grants", closed_space), a_right(cast[name]))
    assert answer.status_code == 422


def test_grant_of_another_space_is_not_found(cast, spaces, client_of):
    grant = grants.give(
        cast["stranger"], "read_space", spaces["hidden"], until=timezone.now() + timedelta(days=1)
    )
    client = client_of(cast["facilitator"])
    assert client.post(url_of("grant_withdrawal", spaces["closed"], grant.pk)).status_code == 404
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_tick_takes_ended_rights_away_with_what_was_kept(cast, closed_space):
    for name, days in (("stranger", 1), ("member", 1), ("former", 3)):
        until = timezone.now() + timedelta(days=days)
        granting.give(closed_space, cast[name], "post_space", until=until, by=cast["facilitator"], reason="r")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert granting.tick() == "rights ended: 2"
        assert granting.tick() == "rights ended: 0"
    assert {grant.user for grant in Grant.objects.all()} == {cast["former"]}
    told = Notification.objects.filter(activity__kind="own_right_given").values_list("recipient", flat=True)
    # A member still has their role there, and keeps their news.
    assert set(told) == {cast["member"].pk, cast["former"].pk}


# Archiving ---------------------------------------------------------------------------------------------------------


def test_archived_and_opened_again_with_a_question_and_mails(
    cast, closed_space, client_of, django_capture_on_commit_callbacks
):
    client = client_of(cast["facilitator"])
    assert "All members are told" in client.get(url_of("archival", closed_space)).content.decode()
    assert may(cast["member"], "post", closed_space)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url_of("archival", closed_space)).status_code == 302
        founding.archive(closed_space, by=cast["facilitator"])
    closed_space.refresh_from_db()
    assert closed_space.archived_at and not may(cast["member"], "post", closed_space)
    others = {cast[name].email for name in ("member", "observer", "moderator")}
    assert [to for message in mail.outbox for to in message.to].sort() == sorted(others).sort()
    assert {to for message in mail.outbox for to in message.to} == others and len(mail.outbox) == 3
    assert not any(closed_space.name in message.body for message in mail.outbox)
    assert client.get(url_of("settings", closed_space)).status_code == 403
    assert url_of("reopening", closed_space) in client.get(url_of("desk", closed_space)).content.decode()
    assert client_of(cast["moderator"]).post(url_of("reopening", closed_space)).status_code == 403
    assert client.get(url_of("reopening", closed_space)).status_code == 200
    assert client.post(url_of("reopening", closed_space)).status_code == 302
    closed_space.refresh_from_db()
    assert may(cast["member"], "post", closed_space)
    verbs = Record.objects.filter(space=closed_space).values_list("verb", flat=True)
    assert list(verbs)[:2] == ["reopened", "archived"]


# The desk ----------------------------------------------------------------------------------------------------------


def test_desk_points_out_what_waits(cast, closed_space, client_of):
    joining.ask(closed_space, cast["stranger"], "please")
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        old = open_topic(closed_space, cast["member"], "Nobody answered", "text", "en")
        answered = open_topic(closed_space, cast["member"], "Somebody answered", "text", "en")
        locked = open_topic(closed_space, cast["member"], "Over", "text", "en")
        hidden = open_topic(closed_space, cast["member"], "Hidden", "text", "en")
    reply(answered, cast["moderator"], "yes")
    Topic.objects.filter(pk=locked.pk).update(status=Topic.TOPIC_LOCKED)
    Topic.objects.filter(pk=hidden.pk).update(approved=False)
    open_topic(closed_space, cast["member"], "Of today", "text", "en")
    page = client_of(cast["facilitator"]).get(url_of("desk", closed_space)).content.decode()
    assert "1 person asks to join" in page
    assert [each.title for each in steering.at_the_desk(closed_space)["unanswered"]] == ["Nobody answered"]
    assert old.get_absolute_url() in page and "Somebody answered" not in page and "Of today" not in page
    assert f"{url_of('texts', closed_space)}#texts-ar" in page


def test_weeks_are_numbers_without_a_name(cast, closed_space, client_of):
    Activity.objects.filter(space=closed_space).delete()
    topic = open_topic(closed_space, cast["member"], "T", "text", "en")
    for _answer in range(3):
        reply(topic, cast["moderator"], "yes")
    now, *before = steering.weeks(closed_space)
    assert (now.topics, now.answers, now.events) == (1, 3, 0)
    assert len(before) == 7 and not any(week.topics or week.answers for week in before)
    page = client_of(cast["facilitator"]).get(url_of("desk", closed_space)).content.decode()
    assert "Member</bdi>" not in page and "Moderator</bdi>" not in page


@pytest.mark.parametrize("name", ["desk", "grants"])
def test_pages_cost_the_same_for_one_and_thirty(cast, closed_space, client_of, name):
    from profiles.models import User

    client, url = client_of(cast["facilitator"]), url_of(name, closed_space)

    def one_more(number):
        made = User.objects.create_user(f"g{number}@cast.example", None, display_name="G", is_approved=True)
        granting.give(
            closed_space,
            made,
            "read_space",
            until=timezone.now() + timedelta(days=1),
            by=cast["facilitator"],
            reason="r",
        )
        joining.ask(closed_space, made, "please")
        with time_machine.travel(timezone.now() - timedelta(days=9)):
            open_topic(closed_space, cast["member"], f"T{number}", "text", "en")

    one_more(0)
    few = queries(client, url)
    for number in range(1, 30):
        one_more(number)
    assert queries(client, url) == few <= 10
