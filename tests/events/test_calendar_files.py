from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.events.making import announced, local


def parsed(client, event):
    answer = client.get(reverse("events:event_ics", args=[event.slug]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'
    assert answer["Cache-Control"] == "private, no-store"
    return Calendar.from_ical(answer.content)


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Africa/Tunis", (2026, 12, 8, 15, 0)),
        ("Europe/Brussels", (2027, 3, 28, 1, 30)),
        ("Europe/Brussels", (2026, 10, 25, 2, 30)),
        ("America/New_York", (2027, 3, 14, 12, 0)),
        # During Ramadan the clock goes back there, every year on other days.
        ("Africa/Casablanca", (2027, 2, 20, 18, 0)),
        ("UTC", (2027, 1, 1, 0, 0)),
    ],
)
def test_file_says_the_moment_with_the_rules_of_its_zone(db, client, zone, moment):
    event = announced(None, starts_at=local(zone, *moment), time_zone=zone, hours=3)
    calendar = parsed(client, event)
    (entry,) = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt.astimezone(UTC) == event.starts_at
    assert entry["DTEND"].dt.astimezone(UTC) == event.ends_at
    assert calendar.get_missing_tzids() == set()
    if zone == "UTC":
        return
    (rules,) = calendar.walk("VTIMEZONE")
    assert rules["TZID"] == zone == entry["DTSTART"].params["TZID"]
    # A calendar that knows the zone from this file alone comes to the same moment.
    there = rules.to_tz(lookup_tzid=False)
    for moment in (event.starts_there, event.ends_there):
        wall = moment.replace(tzinfo=None, fold=0)
        assert there.utcoffset(wall) == moment.replace(fold=0).utcoffset()


def test_same_name_however_often_it_is_fetched(db, client):
    event = announced(None)
    ids = {str(parsed(client, event).walk("VEVENT")[0]["UID"]) for _ in range(2)}
    assert ids == {f"{event.slug}@testserver"}


def test_words_are_in_the_readers_language_and_folded_safely(db, client):
    texts = {
        "fr": {
            "title": "Écouter ; un, enfant " + "à l’audience " * 7,
            "summary": "Une ligne\r\nBEGIN:VEVENT",
        },
        "ar": {"title": "الإصغاء إلى طفل"},
    }
    event = announced(None, texts=texts)
    french = Calendar.from_ical(client.get(f"/fr/events/{event.slug}/calendar.ics").content)
    (entry,) = french.walk("VEVENT")
    assert (
        str(entry["SUMMARY"]) == texts["fr"]["title"].strip() or str(entry["SUMMARY"]) == texts["fr"]["title"]
    )
    assert "BEGIN:VEVENT" in str(entry["DESCRIPTION"])
    arabic = Calendar.from_ical(client.get(f"/ar/events/{event.slug}/calendar.ics").content)
    assert str(arabic.walk("VEVENT")[0]["SUMMARY"]) == "الإصغاء إلى طفل"
    # Nobody has written it in English: the event's own language.
    english = Calendar.from_ical(client.get(f"/en/events/{event.slug}/calendar.ics").content)
    assert english.walk("VEVENT")[0]["SUMMARY"].params["LANGUAGE"] == "fr"


def test_lines_keep_the_length_of_the_standard(db, client):
    event = announced(None, title="é" * 120)
    raw = client.get(reverse("events:event_ics", args=[event.slug])).content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_file_is_small_though_it_carries_a_zone(db, client):
    event = announced(None, time_zone="Africa/Casablanca", starts_at=datetime.now(UTC) + timedelta(days=2))
    assert len(client.get(reverse("events:event_ics", args=[event.slug])).content) < 4000
