"""What the copy of a whole space holds of its events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.parts import CHUNK, Part, Row, Words, language_of
from events.models import EventText

if TYPE_CHECKING:
    from communities.models import Space


def parts(space: Space) -> list[Part]:
    """For `communities.hooks.on_whole`. Who registered is not in it, nor the address of a room."""
    if not space.has_events:
        return []
    keys = {
        "starts_at": _("Start"),
        "ends_at": _("End"),
        "place": _("Place"),
        "language": _("Language"),
        "title": _("Title"),
        "summary": _("Summary"),
        "description": _("Description"),
        "poor_line": _("If your line is slow"),
    }
    return [Part(name="events", title=_("Events"), keys=keys, rows=lambda: _events(space))]


def _events(space: Space) -> Iterator[Row]:
    rows = (
        EventText.objects.filter(event__space=space)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )
    for text in rows.iterator(chunk_size=CHUNK):
        words = {
            name: Words(getattr(text, name), text.language)
            for name in ("title", "summary", "description", "poor_line")
        }
        yield {
            "starts_at": text.event.starts_at,
            "ends_at": text.event.ends_at,
            "place": Words(text.event.place, ""),
            "language": language_of(text.language),
            **words,
        }
