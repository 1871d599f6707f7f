"""The only way a view gets hold of a space: known to the person, readable, and the action allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from communities.models import Space
from communities.moving import Moved, space_moved_from
from communities.permissions import InNetwork, Refused, SwitchedOff, in_network, rights
from communities.prepared import Prepared
from communities.shapes import MODULES

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from communities.querysets import SpaceQuerySet
    from profiles.models import User

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """What a view gets behind a door that lets no visitor through."""

    user: User


def known_space_or_404(request: HttpRequest, slug: str) -> Space:
    """For what lies before reading: joining, asking, leaving. Sets `space.rights`. One query, and one more for the
    words where they are shown.

    Raises Moved for an address from before, to whoever may know the space.
    """
    space = _known_to(request.user, slug)
    if space is None:
        moved = space_moved_from(slug, request.user)
        raise Moved(slug, moved.slug) if moved else Http404
    space.rights = rights(request.user, space)
    return space


def _known_to(user: AnyUser, slug: str) -> Space | None:
    """By the two commonest kinds of readers the query was prepared: of them it takes whether they are in the
    network, which chooses the query, and their id."""
    if in_network(user):
        return _FOR_MEMBERS.first(user_id=user.pk, slug=slug)
    if not user.is_authenticated:
        return _FOR_VISITORS.first(slug=slug)
    return _one_known(user, slug).first()


def _one_known(user: AnyUser, slug: str) -> SpaceQuerySet:
    return Space.objects.known_to(user).with_standing(user).filter(slug=slug)


_FOR_MEMBERS: Final = Prepared(lambda user_id, slug: _one_known(cast("AnyUser", InNetwork(user_id)), slug))
_FOR_VISITORS: Final = Prepared(lambda slug: _one_known(AnonymousUser(), slug))


def space_or_404(request: HttpRequest, slug: str, action: str = "read") -> Space:
    """Authorises before anything below the address is looked up (access.md, "How a refusal looks").

    Raises Http404 when the person may not know the space or its room is switched off, Refused("read") when they
    may not read it, whatever lies below, and Refused(action) when they may read but not act.
    """
    space = known_space_or_404(request, slug)
    for asked in ("read", action):
        if not space.rights.allows(asked):
            raise Refused(asked, space)
    _require_open_room(request, space)
    return space


def _require_open_room(request: HttpRequest, space: Space) -> None:
    """A room of the space that is switched off is not there; those who can switch it on are told so.

    Told by the namespace of the address, so that no view of such a room can forget it.
    """
    namespace = getattr(request.resolver_match, "namespace", "")
    if namespace not in MODULES or getattr(space, MODULES[namespace][0]):
        return
    if space.rights.allows("manage"):
        raise SwitchedOff(space)
    raise Http404


def network_only(view: View) -> View:
    """For approved members of the network; for everybody else the ordinary 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not in_network(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, guarded)


def staff_only(view: View) -> View:
    """For the platform's team; for everybody else the ordinary 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (in_network(request.user) and request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, guarded)


def account_only(view: View) -> View:
    """For whoever is signed in; a visitor gets the ordinary 404, which carries the sign-in link."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, guarded)
