"""Talks and meetings, counted from the day on which the world is loaded."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterator
from functools import partial
from typing import Final

from demo.content import Table, tables
from demo.deeds import Deed, date_news
from demo.world import World
from events.models import Event

# Days before it takes place, but not in the future.
ANNOUNCED_BEFORE: Final = 26
COPIED: Final = ("languages", "interpretation", "place", "url", "capacity", "time_zone", "is_public")


def deeds(world: World) -> Iterator[Deed]:
    for number, row in enumerate(tables("events", "event")):
        starts_at = _start(world, row)
        announced = min(starts_at - datetime.timedelta(days=ANNOUNCED_BEFORE), world.ago(2 + number))
        yield Deed(announced, f"event:{row['key']}", partial(_announce, row, starts_at))


def _announce(row: Table, starts_at: datetime.datetime, world: World, deed: Deed) -> None:
    """Of a space by its facilitator, of the whole network by staff."""
    event = Event.objects.announce(
        by=world.people["facilitator" if row["space"] else "staff"],
        space=world.spaces[row["space"]] if row["space"] else None,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(minutes=row["duration_minutes"]),
        texts=row["text"],
        key=deed.key,
        **{field: row[field] for field in COPIED},
    )
    Event.objects.filter(pk=event.pk).update(created_at=deed.moment, updated_at=deed.moment)
    date_news(world, deed, ("event_announced",), event.pk)


def _start(world: World, row: Table) -> datetime.datetime:
    """`hour` by the organisers' clock."""
    zone = zoneinfo.ZoneInfo(row["time_zone"])
    day = (world.now + datetime.timedelta(days=row["days_from_now"])).astimezone(zone)
    return day.replace(hour=row["hour"], minute=0, second=0, microsecond=0)
