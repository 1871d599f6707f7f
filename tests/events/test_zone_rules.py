from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.zone_rules import changes, zone_rules

ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Tunis",
    "America/New_York",
    "America/St_Johns",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Brussels",
    "Europe/Dublin",
]


def test_changes_are_found_to_the_second():
    found = list(
        changes(
            ZoneInfo("Europe/Brussels"), datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
        )
    )
    assert found == [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]


def test_ramadan_in_morocco_is_not_lost():
    found = list(
        changes(
            ZoneInfo("Africa/Casablanca"), datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
        )
    )
    assert [moment.date().isoformat() for moment in found] == ["2027-02-07", "2027-03-14"]


def test_summer_time_begins_by_the_clock_that_was_right_until_then():
    """RFC 5545, 3.6.5: the onset in local time with TZOFFSETFROM."""
    start = datetime(2027, 6, 1, 12, tzinfo=UTC)
    raw = zone_rules(ZoneInfo("Europe/Brussels"), start, start + timedelta(hours=1)).to_ical().decode()
    assert "DTSTART:20270328T020000\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in raw


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 300),
)
def test_rules_give_the_zones_own_offset_all_around_an_event(name, starts_at, days):
    zone = ZoneInfo(name)
    rules = zone_rules(zone, starts_at, starts_at + timedelta(hours=2)).to_tz(lookup_tzid=False)
    moment = (starts_at + timedelta(days=days)).astimezone(zone)
    wall = moment.replace(tzinfo=None, fold=0)
    if wall.replace(tzinfo=zone).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset():
        return  # shown twice, or never: readers differ on which is meant
    assert rules.utcoffset(wall) == moment.utcoffset()


@pytest.mark.parametrize("name", ZONES)
def test_zone_keeps_its_name(name):
    start = datetime(2027, 6, 1, tzinfo=UTC)
    assert zone_rules(ZoneInfo(name), start, start)["TZID"] == name
