"""Hours by the reader's clock and the organisers', also where clocks go forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from communities import time_zones
from events.clocks import clocks
from events.models import Event
from tests.events.making import announced, local

ZONES = ["Africa/Casablanca", "Africa/Tunis", "America/New_York", "Asia/Kathmandu", "Europe/Brussels", "UTC"]


def event(zone, starts_at, hours=1):
    return Event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), time_zone=zone)


def hours(clock):
    return clock.start.strftime("%d %H:%M"), clock.end.strftime("%d %H:%M")


def test_reader_in_another_zone_sees_both_clocks():
    starts = local("Africa/Dakar", 2026, 12, 8, 14, 0)
    with timezone.override(ZoneInfo("Africa/Tunis")):
        yours, theirs = clocks(event("Africa/Dakar", starts))
    assert (yours.label, hours(yours)) == ("Your time, Tunis", ("08 15:00", "08 16:00"))
    assert (theirs.label, hours(theirs)) == ("Organisers' time, Dakar", ("08 14:00", "08 15:00"))


def test_one_clock_where_both_show_the_same():
    starts = local("Africa/Lagos", 2026, 12, 8, 14, 0)
    with timezone.override(ZoneInfo("Africa/Tunis")):
        (only,) = clocks(event("Africa/Lagos", starts))
    assert only.label == "Time in Lagos"


def test_reader_of_unknown_place_is_not_told_that_a_zone_is_theirs():
    first, _second = clocks(event("Africa/Tunis", local("Africa/Tunis", 2026, 12, 8, 14, 0)))
    assert first.label == "UTC"
    assert hours(first) == ("08 13:00", "08 14:00")


def test_night_after_which_clocks_go_back_keeps_the_true_length():
    """Brussels, 25 October 2026: 02:30 comes twice. Two hours of talk end at 02:30 by the clock."""
    starts = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Brussels")):
        (only,) = clocks(event("Europe/Brussels", starts, hours=2))
    assert hours(only) == ("25 01:30", "25 02:30")


def test_zones_that_part_during_the_event_show_both_clocks():
    """Brussels and Lagos show the same hour until 02:00 of that night, then no longer."""
    starts = local("Africa/Lagos", 2027, 3, 28, 1, 30)
    with timezone.override(ZoneInfo("Europe/Brussels")):
        assert len(clocks(event("Africa/Lagos", starts, hours=1))) == 2


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 72),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_every_clock_shows_the_same_moment(starts, length, there, here):
    with timezone.override(ZoneInfo(here)):
        shown = clocks(event(there, starts, length))
    for clock in shown:
        assert clock.start == starts
        assert clock.end - clock.start == timedelta(hours=length) or clock.start.tzinfo is clock.end.tzinfo
        assert clock.end.astimezone(UTC) == starts + timedelta(hours=length)
    wall = {clock.start.replace(tzinfo=None) for clock in shown} | {
        clock.end.replace(tzinfo=None) for clock in shown
    }
    assert len(shown) == 1 or len(wall) > 2


@pytest.mark.parametrize(
    ("name", "words"), [("Africa/Porto-Novo", "Porto-Novo"), ("America/New_York", "New York")]
)
def test_place_of_a_zone(name, words):
    assert time_zones.place(name) == words


def test_every_zone_on_offer_is_known_to_the_system():
    offered = {name for _region, names in time_zones.choices() for name, _label in names}
    assert offered == time_zones.known()
    assert {"UTC", "Africa/Tunis", "Europe/Brussels"} <= offered


@pytest.mark.parametrize("zone", ["Africa/Tunis", "America/New_York"])
def test_page_shows_the_readers_own_zone(member, client_of, closed_space, zone):
    member.time_zone = zone
    member.save()
    made = announced(
        closed_space, starts_at=local("Asia/Kathmandu", 2027, 1, 5, 20, 0), time_zone="Asia/Kathmandu"
    )
    body = client_of(member).get(made.get_absolute_url()).content.decode()
    mine = made.starts_at.astimezone(ZoneInfo(zone))
    assert mine.isoformat() in body
    assert "Organisers&#x27; time, Kathmandu" in body
    assert f"Your time, {time_zones.place(zone)}" in body


def test_visitors_browser_says_the_zone(client, db):
    made = announced(None, starts_at=local("UTC", 2027, 1, 5, 20, 0))
    client.cookies["tz"] = "Asia/Kathmandu"
    assert "Your time, Kathmandu" in client.get(made.get_absolute_url()).content.decode()
