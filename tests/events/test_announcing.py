from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.activity import lines_for
from communities.models import Activity, Notification
from communities.permissions import Refused
from events.models import Event, EventText
from search.models import SearchEntry
from tests.events.making import announced
from tests.world import PEOPLE

# Of what is over nobody is told.
YEAR = timezone.localdate().year + 1
FIELDS = {
    "title": "Écouter un enfant",
    "summary": "Trois auditions",
    "description": "Une **juge** raconte.",
    "language": "fr",
    "starts": f"{YEAR}-12-08T15:00",
    "ends": f"{YEAR}-12-08T16:30",
    "time_zone": "Africa/Tunis",
    "languages": ["fr"],
    "interpretation": ["ar"],
    "url": "https://room.example/abc",
    "capacity": "60",
}


def send(client, space, **changed):
    address = reverse("events:event_new", args=[space.slug])
    key = client.get(address).context["form"].initial["key"]
    return client.post(address, {"key": key, **FIELDS, **changed})


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "visitor"])
def test_only_facilitators_announce_in_a_space(cast, network_space, name):
    starts = timezone.now()
    attempt = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "time_zone": "UTC"}
    texts = {"en": {"title": "A talk"}}
    if name == "facilitator":
        assert Event.objects.announce(network_space, by=cast[name], texts=texts, **attempt).pk
        return
    with pytest.raises(Refused):
        Event.objects.announce(network_space, by=cast[name], texts=texts, **attempt)


def test_only_staff_announce_for_the_whole_network(staff, facilitator):
    moment = timezone.now()
    same = {"starts_at": moment, "ends_at": moment + timedelta(hours=1), "time_zone": "UTC"}
    assert Event.objects.announce(None, by=staff, texts={"en": {"title": "A talk"}}, **same).is_open
    with pytest.raises(PermissionDenied):
        Event.objects.announce(None, by=facilitator, texts={"en": {"title": "A talk"}}, **same)


def test_form_makes_an_event_in_utc_and_tells_the_members(
    facilitator, member, stranger, closed_space, client_of, django_capture_on_commit_callbacks, mailoutbox
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client_of(facilitator), closed_space)
    event = Event.objects.get()
    assert answer.url == event.get_absolute_url()
    assert event.starts_at == datetime(YEAR, 12, 8, 14, 0, tzinfo=UTC)
    assert (event.language, event.languages, event.interpretation, event.capacity) == (
        "fr",
        ["fr"],
        ["ar"],
        60,
    )
    activity = Activity.objects.get(kind="event_announced")
    heard = {row.recipient for row in Notification.objects.filter(activity=activity)}
    assert member in heard
    assert not {facilitator, stranger} & heard
    assert all("Écouter" not in message.subject + message.body for message in mailoutbox)
    assert lines_for(member, [activity])[activity.pk].title == "Écouter un enfant"
    assert lines_for(stranger, [activity]) == {}


def test_form_sent_twice_makes_one_event(facilitator, closed_space, client_of):
    client = client_of(facilitator)
    address = reverse("events:event_new", args=[closed_space.slug])
    key = client.get(address).context["form"].initial["key"]
    first, second = (client.post(address, {"key": key, **FIELDS}) for _ in range(2))
    assert first.url == second.url
    assert Event.objects.count() == 1
    assert Activity.objects.filter(kind="event_announced").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "blamed"),
    [
        ("title", "", "title"),
        ("title", "x" * 121, "title"),
        ("starts", "tomorrow", "starts"),
        ("starts", "2026-13-45T99:99", "starts"),
        ("starts", f"{YEAR}-12-08T15:00+01:00", "starts"),
        ("starts", "0001-01-01T00:00", "starts"),
        ("starts", "9999-12-31T23:59", "starts"),
        ("ends", f"{YEAR}-12-08T15:00", "ends"),
        ("ends", f"{YEAR + 1}-12-08T15:00", "ends"),
        ("time_zone", "Mars/Olympus", "time_zone"),
        ("language", "tlh", "language"),
        ("languages", ["tlh"], "languages"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "ftp://room.example/", "url"),
        ("capacity", "0", "capacity"),
        ("capacity", "99999999999999", "capacity"),
        ("description", "x" * 8001, "description"),
    ],
)
def test_bad_value_gets_a_message_and_keeps_what_was_typed(
    facilitator, closed_space, client_of, field, value, blamed
):
    answer = send(client_of(facilitator), closed_space, **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [blamed]
    assert "Trois auditions" in answer.content.decode()
    assert not Event.objects.exists()


def test_hour_that_the_clocks_skip_is_refused_and_one_shown_twice_is_the_first(
    facilitator, closed_space, client_of
):
    client = client_of(facilitator)
    brussels = {"time_zone": "Europe/Brussels"}
    skipped = send(client, closed_space, starts="2027-03-28T02:30", ends="2027-03-28T04:00", **brussels)
    assert list(skipped.context["form"].errors) == ["starts"]
    assert (
        send(client, closed_space, starts="2026-10-25T02:30", ends="2026-10-25T04:00", **brussels).status_code
        == 302
    )
    assert Event.objects.get().starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_event_of_a_hidden_space_is_never_open(facilitator, hidden_space, client_of):
    client = client_of(facilitator)
    assert (
        "is_public"
        not in client.get(reverse("events:event_new", args=[hidden_space.slug])).context["form"].fields
    )
    send(client, hidden_space, is_public="on")
    assert not Event.objects.get().is_open
    assert not announced(hidden_space, is_public=True).is_public


def test_slug_is_readable_for_the_network_and_random_in_spaces(public_space, hidden_space):
    assert announced(None, title="Listening to a child").slug == "listening-to-a-child"
    assert announced(None, title="Listening to a child").slug.startswith("listening-to-a-child-")
    assert announced(None, texts={"ar": {"title": "الإصغاء إلى طفل"}}).slug
    for space in (public_space, hidden_space):
        assert "listening" not in announced(space, title="Listening to a child", is_public=True).slug


def test_past_event_is_nobodys_news(closed_space):
    announced(closed_space, starts_at=timezone.now() - timedelta(days=9))
    assert not Activity.objects.filter(kind="event_announced").exists()


def test_archived_space_takes_no_event(facilitator, closed_space):
    from communities.founding import archive

    archive(closed_space, by=facilitator)
    with pytest.raises(Refused):
        announced(closed_space)


def test_event_that_ends_before_it_starts_gets_into_no_table(closed_space):
    with pytest.raises(IntegrityError), transaction.atomic():
        announced(closed_space, hours=-1)


def test_search_finds_each_text_in_its_language(member, closed_space):
    texts = {"fr": {"title": "Écouter un enfant"}, "ar": {"title": "الإصغاء إلى طفل"}}
    event = announced(closed_space, texts=texts)
    rows = SearchEntry.objects.filter(
        kind="event", object_id__in=EventText.objects.filter(event=event).values("pk")
    )
    assert {(row.language, row.title) for row in rows} == {
        (code, words["title"]) for code, words in texts.items()
    }
    assert SearchEntry.objects.visible_to(member).search("enfants").filter(kind="event").count() == 1


# Lists


def names(answer):
    return [event.text.title for event in answer.context["page_obj"]]


def test_coming_first_and_past_apart(db, client):
    with time_machine.travel("2026-11-23T12:00Z", tick=False):
        now = timezone.now()
        for title, start in (
            ("over", now - timedelta(hours=2)),
            ("running", now - timedelta(minutes=30)),
            ("later", now + timedelta(days=9)),
            ("soon", now + timedelta(days=1)),
            ("long over", now - timedelta(days=9)),
        ):
            announced(None, title=title, starts_at=start)
        assert names(client.get(reverse("events:events"))) == ["running", "soon", "later"]
        assert names(client.get(reverse("events:events") + "?when=past")) == ["over", "long over"]


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "99999999999999999999"])
def test_page_beyond_the_end_is_the_ordinary_404(client, db, page):
    assert client.get(reverse("events:events") + f"?page={page}").status_code == 404


def test_empty_lists_say_what_could_be_here(facilitator, closed_space, client_of):
    body = (
        client_of(facilitator).get(reverse("events:space_events", args=[closed_space.slug])).content.decode()
    )
    assert "No event is planned" in body
    assert reverse("events:event_new", args=[closed_space.slug]) in body


@pytest.mark.parametrize("address", ["events:events", "events:space_events"])
def test_lists_cost_the_same_at_one_and_at_twenty(furnished, member, closed_space, client_of, address):
    client = client_of(member)
    url = reverse(address, args=[closed_space.slug] if address == "events:space_events" else [])

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    announced(closed_space, title="first")
    queries()
    one = queries()
    for number in range(19):
        announced(closed_space, title=f"talk {number}")
    assert queries() == one <= 10


def test_page_costs_few_queries(furnished, member, closed_space, client_of):
    event = announced(closed_space)
    client = client_of(member)
    client.get(event.get_absolute_url())
    with CaptureQueriesContext(connection) as caught:
        client.get(event.get_absolute_url())
    assert len(caught) <= 7


def test_description_is_rendered_without_scripts_or_pictures(db, client):
    words = (
        "**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://elsewhere.example/p.png)"
    )
    event = announced(None, texts={"en": {"title": "A talk", "description": words}})
    body = client.get(event.get_absolute_url()).content.decode()
    assert "<strong>bold</strong>" in body
    assert "<script>alert" not in body
    assert 'href="javascript' not in body
    assert "<img" not in body
