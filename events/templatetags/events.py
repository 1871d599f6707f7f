"""Events where other rooms show them: the date block, and the next few beside a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import Context

from communities.permissions import InNetwork, in_network
from communities.prepared import Prepared
from communities.time_zones import place
from events.markup import render
from events.models import Event

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser

register = template.Library()
COUNT: Final = 3
register.filter("event_markup", render)
register.filter("zone_place", place)


@register.inclusion_tag("events/event_next.html", takes_context=True)
def coming_events(context: Context, space: Space | None = None, count: int = COUNT) -> dict[str, Any]:
    """The next events that the reader may see, of one space or of all. Two queries with events, else one."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    if space is not None and in_network(user) and count == COUNT:
        return {"events": _OF_SPACE(user_id=user.pk, space_id=space.pk), "space": space}
    if space is not None and not user.is_authenticated and count == COUNT:
        return {"events": _FOR_VISITORS(space_id=space.pk), "space": space}
    found = _coming(user)
    if space is not None:
        found = found.filter(space=space)
    return {"events": list(found[:count]), "space": space}


def _coming(user: AnyUser) -> Any:
    return Event.objects.visible_to(user).coming().prefetch_related("texts").select_related("space")


def _of_space(user: AnyUser, space_id: int) -> Any:
    return _coming(user).filter(space=space_id)[:COUNT]


_OF_SPACE: Final = Prepared(
    lambda user_id, space_id: _of_space(cast("AnyUser", InNetwork(user_id)), space_id)
)
_FOR_VISITORS: Final = Prepared(lambda space_id: _of_space(AnonymousUser(), space_id))
