"""Events for tests, made by the room's own verb."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.models import Event
from profiles.models import User


def announced(
    space, *, title="An hour of listening", starts_at=None, hours=1, time_zone="Africa/Tunis", **fields
):
    """By the facilitator in a space, by staff for the network; in three days when no moment is given."""
    role = "facilitator" if space else "staff"
    starts_at = starts_at or timezone.now() + timedelta(days=3)
    texts = fields.pop("texts", None) or {"en": {"title": title, "summary": f"Summary of {title}"}}
    return Event.objects.announce(
        space,
        by=User.objects.get(email=f"{role}@cast.example"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        time_zone=time_zone,
        texts=texts,
        **fields,
    )


def local(zone, *moment):
    """A moment by the clock of a place."""
    return datetime(*moment, tzinfo=ZoneInfo(zone)).astimezone(UTC)
