"""What a person takes along of this room, and what becomes of it when they leave for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from communities.fates import End, Fate
from communities.leaving import address_of
from communities.parts import CHUNK, Part, Row, Words, language_of
from events.models import Event

if TYPE_CHECKING:
    from profiles.models import User

FATES: Final = {
    "events.Event.created_by": Fate(
        End.KEPT, "events", "an event belongs to those who come; it leads to a former member"
    ),
}


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="events",
            title=_("Events you announced"),
            keys={
                "title": _("Title"),
                "summary": _("in one sentence"),
                "description": _("Description"),
                "language": _("Language"),
                "starts_at": _("Start"),
                "ends_at": _("End"),
                "address": _("Address"),
            },
            rows=lambda: _events(user),
        )
    ]


def _events(user: User) -> Iterator[Row]:
    """Their words as they stand; a co-organiser may have changed them, so only where they may be read."""
    rows = Event.objects.visible_to(user).filter(created_by=user).prefetch_related("texts")
    for event in rows.order_by("pk").iterator(chunk_size=CHUNK):
        for text in event.texts.all():
            yield {
                "title": Words(text.title, text.language),
                "summary": Words(text.summary, text.language),
                "description": Words(text.description, text.language),
                "language": language_of(text.language),
                "starts_at": event.starts_at,
                "ends_at": event.ends_at,
                "address": address_of("events:event", event.slug),
            }
