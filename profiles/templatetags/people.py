"""How a person is drawn, wherever they appear. `with_face()` brings the photos.

No name costs a query; all the photos of a page together cost one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import Context
from django.utils.html import format_html

from communities.permissions import in_network
from profiles.audiences import Audience, apart_from, audience_of, is_in_order, may_see_profile
from profiles.fields import FORMER
from profiles.languages import SPOKEN

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from communities.permissions import AnyUser
    from files.models import StoredFile
    from profiles.models import User

register = template.Library()
# The style sheet's sizes of a face, in CSS pixels.
SIDES = {"": 44, "big": 72, "tiny": 30}


@register.inclusion_tag("profiles/person_face.html", takes_context=True)
def face(context: Context, person: User | None, size: str = "") -> dict[str, Any]:
    """Photo or monogram. Size: "", "big" or "tiny"."""
    photo = _photo(person)
    if photo is not None and person is not None and not _is_for(context, person):
        photo = None
    return {"name": name_of(person), "photo": photo, "size": size, "side": SIDES[size]}


@register.simple_tag(takes_context=True)
def person_name(context: Context, person: User | None) -> SafeString:
    """The name alone, as a link where there is a page behind it for this reader. None is a former member."""
    return named(_viewer(context), person)


def named(viewer: AnyUser, person: User | None) -> SafeString:
    name = format_html("<bdi>{}</bdi>", name_of(person))
    if person is None or not may_see_profile(viewer, person):
        return name
    return format_html('<a href="{}">{}</a>', person.get_absolute_url(), name)


@register.inclusion_tag("profiles/person_line.html", takes_context=True)
def person(context: Context, person: User | None, size: str = "tiny") -> dict[str, Any]:
    """Face and name in one line: a byline, a row of a list."""
    return {**face(context, person, size), "link": person_name(context, person)}


@register.filter
def spoken(codes: list[str]) -> list[str]:
    """Names of languages, each in that language; a code that is gone from the list stands as it is."""
    return [SPOKEN.get(code, code) for code in codes]


def name_of(person: User | None) -> str:
    return str(person.display_name if person is not None and person.email else FORMER)


def _is_for(context: Context, person: User) -> bool:
    """A photo meant for fewer than the network stays on its person's page: here nobody asks how close one is."""
    viewer = _viewer(context)
    if viewer.pk == person.pk:
        return True
    audience = audience_of(person, "photo")
    if not is_in_order(person) or audience < Audience.NETWORK:
        return False
    return audience == Audience.EVERYONE or (in_network(viewer) and person.pk not in _apart(context, viewer))


def _apart(context: Context, viewer: AnyUser) -> frozenset[int]:
    """Asked once for a page, and only where a photo hangs on it."""
    keeper: Any = context.get("request") or context
    if not hasattr(keeper, "people_apart"):
        keeper.people_apart = apart_from(viewer)
    kept: frozenset[int] = keeper.people_apart
    return kept


def _viewer(context: Context) -> AnyUser:
    request = context.get("request")
    viewer: Any = getattr(request, "user", None) or context.get("user")
    return viewer or AnonymousUser()


def _photo(person: User | None) -> StoredFile | None:
    """Only what a queryset brought along: a monogram is better than a query for each line of a list."""
    profile = person._state.fields_cache.get("profile") if person is not None else None
    photo: StoredFile | None = profile._state.fields_cache.get("photo") if profile is not None else None
    return photo
