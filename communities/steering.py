"""What waits for those who run a space. Activity in numbers, never by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from communities import hooks, wording

if TYPE_CHECKING:
    from communities.models import Space

WEEKS: Final = 8
UNANSWERED_AFTER: Final = timedelta(days=7)
SHOWN: Final = 10
# Beginning of the name of a kind of activity -> column of the table.
COUNTED: Final = {"topic_": "topics", "announcement_": "topics", "reply_": "answers", "event_": "events"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something a room points out to those who run the space."""

    title: str
    url: str
    language: str
    since: datetime


@dataclass(slots=True)
class Week:
    monday: date
    topics: int = 0
    answers: int = 0
    events: int = 0


def at_the_desk(space: Space) -> dict[str, Any]:
    """Four or five queries, however much there is."""
    before = timezone.now() - UNANSWERED_AFTER
    unanswered = [each for function in hooks.unanswered for each in function(space, before, SHOWN)]
    return {
        "waiting": space.join_requests.filter(state="pending").count(),
        "unanswered": sorted(unanswered, key=lambda each: each.since)[:SHOWN],
        "weeks": weeks(space),
        "due": [each for each in wording.standings(space) if each.is_due],
    }


def weeks(space: Space) -> list[Week]:
    """The last ones, the present one first; a quiet week is a row of zeros."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    found = {monday - timedelta(weeks=n): Week(monday - timedelta(weeks=n)) for n in range(WEEKS)}
    since = timezone.now() - timedelta(weeks=WEEKS)
    rows = space.activities.filter(created_at__gte=since).annotate(week=TruncWeek("created_at"))
    for row in rows.values("week", "kind").annotate(number=Count("pk")).order_by():
        week = found.get(timezone.localdate(row["week"]))
        column = next((name for start, name in COUNTED.items() if row["kind"].startswith(start)), "")
        if week and column:
            setattr(week, column, getattr(week, column) + row["number"])
    return list(found.values())
