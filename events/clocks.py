"""An event's hours by the reader's clock, and by the organisers' where the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.time_zones import place

if TYPE_CHECKING:
    from events.models import Event


@dataclass(frozen=True, slots=True)
class Clock:
    """`start` and `end` carry their zone; templates show them as they are (`localtime off`)."""

    label: str
    start: datetime
    end: datetime

    @property
    def spans_days(self) -> bool:
        return self.start.date() != self.end.date()


def clocks(event: Event) -> list[Clock]:
    """The reader's first (the active time zone), then the organisers' unless it shows the same hours."""
    here = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    there = event.starts_there, event.ends_there
    where = place(event.time_zone)
    if all(a.replace(tzinfo=None) == b.replace(tzinfo=None) for a, b in zip(here, there, strict=True)):
        return [Clock(_("Time in %(place)s") % {"place": where}, *there)]
    return [Clock(_reader_label(), *here), Clock(_("Organisers' time, %(place)s") % {"place": where}, *there)]


def _reader_label() -> str:
    """Whose zone nobody knows sees the site's, called by its name rather than "yours"."""
    zone = timezone.get_current_timezone()
    where = place(str(zone))
    return where if zone == timezone.get_default_timezone() else _("Your time, %(place)s") % {"place": where}
