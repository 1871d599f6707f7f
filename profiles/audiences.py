"""Who reads which field of a profile. Pages, search, tags and exports ask here alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from communities.permissions import in_network

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from communities.permissions import AnyUser
    from profiles.models import User


class Audience(StrEnum):
    EVERYONE = "everyone"
    NETWORK = "network"
    ME = "me"


WORDS: Final[dict[Audience, _StrPromise]] = {
    Audience.EVERYONE: _("Everyone"),
    Audience.NETWORK: _("Members of the network"),
    Audience.ME: _("Only you"),
}
# A display name stands beside every post, also in public spaces; all the rest stays in the network at most.
AUDIENCES: Final[dict[str, Audience]] = {
    "display_name": Audience.EVERYONE,
    "photo": Audience.NETWORK,
    "headline": Audience.NETWORK,
    "about": Audience.NETWORK,
    "expertise": Audience.NETWORK,
    "languages": Audience.NETWORK,
    "country": Audience.NETWORK,
    "email": Audience.ME,
    "language": Audience.ME,
    "time_zone": Audience.ME,
}


def may_see_profile(viewer: AnyUser, person: User) -> bool:
    """Whether the page exists for `viewer`: to approved members of the network, and to its owner."""
    if not (person.is_active and person.email):
        return False
    return _is_owner(viewer, person) or (person.is_approved and in_network(viewer))


def may_see(viewer: AnyUser, person: User, field: str) -> bool:
    """KeyError for a field that nobody decided about."""
    audience = AUDIENCES[field]
    if audience == Audience.EVERYONE:
        return True
    if not may_see_profile(viewer, person):
        return False
    return audience == Audience.NETWORK or _is_owner(viewer, person)


def shown_to(viewer: AnyUser, person: User) -> dict[str, Any]:
    """The values of the fields `viewer` may see, by name; what is hidden is absent, not empty."""
    profile = person.profile
    values = {
        "display_name": person.display_name,
        "photo": profile.photo,
        "headline": profile.headline,
        "about": profile.about,
        "expertise": list(profile.expertise.all()),
        "languages": profile.languages,
        "country": profile.country,
        "email": person.email,
        "language": person.language,
        "time_zone": person.time_zone,
    }
    return {field: value for field, value in values.items() if may_see(viewer, person, field)}


def _is_owner(viewer: AnyUser, person: User) -> bool:
    return viewer.is_authenticated and viewer.pk == person.pk
