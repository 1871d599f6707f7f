"""Events where other rooms show them: the date block, and the next few beside a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import Context

from communities.time_zones import place
from events.markup import render
from events.models import Event

if TYPE_CHECKING:
    from communities.models import Space

register = template.Library()
register.filter("event_markup", render)
register.filter("zone_place", place)


@register.inclusion_tag("events/event_next.html", takes_context=True)
def coming_events(context: Context, space: Space | None = None, count: int = 3) -> dict[str, Any]:
    """The next events that the reader may see, of one space or of all. Two queries with events, else one."""
    request = context.get("request")
    found = Event.objects.visible_to(getattr(request, "user", None) or AnonymousUser()).coming()
    if space is not None:
        found = found.filter(space=space)
    return {"events": list(found.prefetch_related("texts").select_related("space")[:count]), "space": space}
