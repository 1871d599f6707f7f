"""Calendar files (RFC 5545), one event each, made for one reader: only for whom `visible_to` let through."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from events.zone_rules import zone_rules

if TYPE_CHECKING:
    from events.models import Event


def calendar_file(event: Event) -> bytes:
    """In the reader's language; hours by the organisers' clock, with that zone's rules on board."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if event.time_zone != "UTC":
        calendar.add_component(zone_rules(event.zone, event.starts_at, event.ends_at))
    calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> Entry:
    text, entry = event.text, Entry()
    # The same however often it is fetched: a calendar then replaces instead of doubling.
    entry.add("uid", f"{event.slug}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", event.updated_at.astimezone(UTC))
    entry.add("dtstart", event.starts_there)
    entry.add("dtend", event.ends_there)
    entry.add("summary", text.title, parameters={"LANGUAGE": text.language})
    if text.summary:
        entry.add("description", text.summary, parameters={"LANGUAGE": text.language})
    if event.place or event.url:
        entry.add("location", event.place or event.url)
    entry.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    return entry
