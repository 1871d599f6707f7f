"""Person × visibility of the space × openness: the page, the calendar file, the lists and search agree."""

import pytest
from django.urls import reverse

from communities.permissions import may
from communities.roles import Visibility
from events.models import Event
from search.models import SearchEntry
from tests.events.making import announced
from tests.world import PEOPLE


@pytest.fixture
def events(spaces):
    return {
        (visibility, is_public): announced(space, title=f"Zq{visibility}{is_public}", is_public=is_public)
        for visibility, space in spaces.items()
        for is_public in (True, False)
    }


def is_entitled(person, event):
    """access.md in one line: an open event is for everyone, any other for the readers of its space."""
    open_to_all = event.is_public and event.space.visibility != Visibility.HIDDEN
    return open_to_all or may(person, "read", event.space)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_channel_shows_an_event_to_exactly_those_entitled(cast, events, client_of, name):
    person = cast["visitor"] if name == "suspended" else cast[name]
    client = client_of(cast[name])
    listing = client.get(reverse("events:events")).content.decode()
    found = set(SearchEntry.objects.visible_to(person).filter(kind="event").values_list("url", flat=True))
    wrong = []
    for key, event in events.items():
        entitled = is_entitled(person, event)
        page = client.get(event.get_absolute_url())
        ics = client.get(reverse("events:event_ics", args=[event.slug]))
        answers = {
            "page": page.status_code == 200,
            "ics": ics.status_code == 200 and ics["Content-Type"] == "text/calendar; charset=utf-8",
            "list": event.text.title in listing,
            "search": f"events/{event.slug}/" in found,
            "sql": Event.objects.visible_to(person).filter(pk=event.pk).exists(),
        }
        wrong += [(key, channel) for channel, answer in answers.items() if answer != entitled]
    assert wrong == []


@pytest.mark.parametrize("name", PEOPLE)
def test_event_of_others_answers_like_one_that_is_not_there(cast, events, client_of, name):
    client = client_of(cast[name])
    person = cast["visitor"] if name == "suspended" else cast[name]
    closed = [event for event in events.values() if not is_entitled(person, event)]
    for event in closed:
        for route in ("events:event", "events:event_ics"):
            there = client.get(reverse(route, args=[event.slug]))
            nowhere = client.get(reverse(route, args=["bcdfghjkmnpqrstv"]))
            assert there.status_code == nowhere.status_code == 404
            assert _masked(there, event.slug) == _masked(nowhere, "bcdfghjkmnpqrstv")
            assert there.headers.keys() == nowhere.headers.keys()


def _masked(response, slug):
    import re

    body = response.content.replace(slug.encode(), b"SLUG")
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def test_suspended_account_sees_nothing_in_sql(suspended, events):
    announced(None)
    assert not Event.objects.visible_to(suspended).exists()


def test_hiding_a_space_closes_its_open_events_also_in_search(cast, closed_space, facilitator, visitor):
    from communities.founding import hide

    event = announced(closed_space, title="Zqopen", is_public=True)
    assert Event.objects.visible_to(visitor).filter(pk=event.pk).exists()
    assert SearchEntry.objects.visible_to(visitor).filter(kind="event", title="Zqopen").exists()
    hide(closed_space, by=facilitator)
    assert not Event.objects.visible_to(visitor).filter(pk=event.pk).exists()
    assert not SearchEntry.objects.visible_to(visitor).filter(kind="event", title="Zqopen").exists()
    assert SearchEntry.objects.visible_to(cast["member"]).filter(kind="event", title="Zqopen").exists()


def test_space_events_show_only_that_space(member, closed_space, hidden_space, client_of):
    announced(closed_space, title="Zqhere")
    announced(hidden_space, title="Zqelsewhere")
    body = client_of(member).get(reverse("events:space_events", args=[closed_space.slug])).content.decode()
    assert "Zqhere" in body
    assert "Zqelsewhere" not in body


def test_open_mark_opens_nothing_in_a_hidden_space(hidden_space, visitor, stranger, client):
    """Whatever wrote it there: the rule asks the space, not only the mark."""
    event = announced(hidden_space)
    Event.objects.filter(pk=event.pk).update(is_public=True)
    event.refresh_from_db()
    assert not event.is_open
    for person in (visitor, stranger):
        assert not Event.objects.visible_to(person).filter(pk=event.pk).exists()
    assert client.get(event.get_absolute_url()).status_code == 404


def test_hiding_a_space_takes_the_open_mark_away_for_good(closed_space, facilitator):
    """So that a space that is shown again some day does not open its old events by itself."""
    from communities.founding import hide

    event = announced(closed_space, is_public=True)
    hide(closed_space, by=facilitator)
    event.refresh_from_db()
    assert not event.is_public
