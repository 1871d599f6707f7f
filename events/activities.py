"""How an event reads in somebody's feed: resolved for each reader, never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.activity import Line

if TYPE_CHECKING:
    from communities.permissions import AnyUser


def lines(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    from events.models import Event

    found = Event.objects.visible_to(user).filter(pk__in=ids).prefetch_related("texts")
    return {
        event.pk: Line(event.text.title, event.get_absolute_url(), event.text.language) for event in found
    }
