"""A zone's rules around one event, as RFC 5545 (3.6.5) writes them.

icalendar makes such a component too, but loses phases shorter than a few months (Morocco's Ramadan) and
gives the onset of summer time by the new clock instead of the old one (tried with 7.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
# Whoever moves the event in their calendar stays within true rules for a while.
AROUND: Final = timedelta(days=366)


def zone_rules(zone: ZoneInfo, starts_at: datetime, ends_at: datetime) -> Timezone:
    first = (starts_at - AROUND).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    rules = Timezone()
    rules.add("tzid", zone.key)
    rules.add_component(_phase(zone, first, first))
    for change in changes(zone, first, ends_at + AROUND):
        rules.add_component(_phase(zone, change - timedelta(seconds=1), change))
    return rules


def changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments (UTC) at which the clocks of `zone` change. No phase anywhere was shorter than a day."""
    here = first
    while here < last:
        if _offset(zone, here) != _offset(zone, here + DAY):
            yield _moment_of_change(zone, here, here + DAY)
        here += DAY


def _moment_of_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """By halves, to the second."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _phase(zone: ZoneInfo, before: datetime, onset: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = onset.astimezone(zone)
    phase = TimezoneDaylight() if local.dst() else TimezoneStandard()
    # By the clock that was right until then.
    phase.add("dtstart", (onset + _offset(zone, before)).replace(tzinfo=None))
    phase.add("tzoffsetfrom", _offset(zone, before))
    phase.add("tzoffsetto", _offset(zone, onset))
    phase.add("tzname", local.tzname())
    return phase


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
