"""What search finds of events: each of its texts, in its own language, for whoever may read the event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from communities.roles import Visibility
from search.entries import Entry, drop, put

if TYPE_CHECKING:
    from communities.models import Space
    from events.models import Event, EventText

KIND: Final = "event"


def entries() -> Iterator[Entry]:
    from events.models import EventText

    rows = EventText.objects.exclude(event__space__has_events=False).select_related("event__space")
    for text in rows.iterator(chunk_size=500):
        yield entry(text)


def follow(event: Event) -> None:
    """Call after every change of an event, in its transaction."""
    put(*(entry(text) for text in event.texts.select_related("event__space")))


def forget(event: Event) -> None:
    drop(KIND, *event.texts.values_list("pk", flat=True))


def space_hidden(space: Space, old_slug: str, old_names: list[str]) -> None:
    """Heard when a space becomes hidden: none of its events is open any more, in search either."""
    from events.models import Event

    events = Event.objects.filter(space=space)
    events.update(is_public=False)
    for event in events if space.has_events else ():
        follow(event)


def space_changed(space: Space) -> None:
    """Heard when a space changes who reads it, or whether it has events at all."""
    from events.models import Event, EventText

    if not space.has_events:
        drop(KIND, *EventText.objects.filter(event__space=space).values_list("pk", flat=True))
        return
    for event in Event.objects.filter(space=space):
        follow(event)


def entry(text: EventText) -> Entry:
    event, space = text.event, text.event.space
    # In a space, the space decides who finds it. An open event of a narrower space has to stand outside.
    outside = space is None or (event.is_open and space.visibility != Visibility.PUBLIC)
    return Entry(
        kind=KIND,
        object_id=text.pk,
        space_id=None if outside else event.space_id,
        audience="everyone" if outside else None,
        language=text.language,
        title=text.title,
        body="\n".join(filter(None, (text.summary, text.description, event.place))),
        date=event.starts_at,
        url=f"events/{event.slug}/",
    )
