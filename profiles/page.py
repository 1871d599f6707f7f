"""A person's page as one reader finds it, or as its owner looks at it through another reader's eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser

from communities.permissions import in_network
from profiles.arranging import arranged
from profiles.audiences import FIELDS, Audience, audience_of, may_see_profile, shown_as
from profiles.between import Between
from profiles.describing import WORDS
from profiles.gathering import gather
from profiles.models import Section
from profiles.pinning import pinned

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from profiles.models import Profile, User
    from search.lines import Line

# `?as=`: whose eyes an owner may borrow. For anybody else the words mean nothing.
EYES: Final = {
    "visitor": Audience.EVERYONE,
    "stranger": Audience.NETWORK,
    "member": Audience.SPACES,
    "facilitator": Audience.FACILITATORS,
}
Kind = Section.Kind
# What each part of the page is made of, by names of `shown`.
MADE_OF: Final = {
    Kind.ABOUT: ("about",),
    Kind.WORK: ("organisation", "country", "languages"),
    Kind.HELP: ("expertise", "available"),
    Kind.CONTACT: ("contact_ways", "email"),
}


@dataclass(frozen=True, slots=True)
class Page:
    person: User
    shown: dict[str, Any]
    parts: list[Section]
    pins: list[Line]
    spaces: tuple[Space, ...]
    # The owner before their own page: says who reads what, and leads to the forms.
    is_own: bool
    # "" or one of EYES.
    seen_as: str
    # The directory, organisations and themes can be opened.
    leads_on: bool

    @property
    def audiences(self) -> dict[str, Audience]:
        return {field: audience_of(self.person, field) for field in FIELDS} if self.is_own else {}

    @property
    def tongues(self) -> dict[str, str]:
        """In which language each word stands: the reader's own, or the nearest there is."""
        return {word: self.person.profile.saying(word).language for word in WORDS}


def page_for(viewer: AnyUser, person: User, seen_as: str = "") -> Page | None:
    """None when there is none for `viewer`. Five queries, whatever hangs on it (`with_pictures()` beforehand)."""
    if not may_see_profile(viewer, person):
        return None
    gather(person.profile)
    between = Between.of(viewer, person)
    is_owner = between.closeness == Audience.ME
    seen_as = seen_as if is_owner and seen_as in EYES else ""
    closeness = EYES.get(seen_as, between.closeness)
    shown = shown_as(person, closeness)
    if not shown and not seen_as:
        return None
    is_own = is_owner and not seen_as
    pins = pinned(person.profile, _eyes(viewer, seen_as, closeness)) if shown else []
    # Of two who are apart, each is a visitor to the other, also in a space that both are in.
    spaces = () if seen_as or closeness == Audience.EVERYONE else between.spaces
    return Page(
        person=person,
        shown=shown,
        parts=_parts(person.profile, shown, pins, spaces, is_own=is_own),
        pins=pins,
        spaces=spaces,
        is_own=is_own,
        seen_as=seen_as,
        leads_on=in_network(viewer) and seen_as != "visitor",
    )


def _eyes(viewer: AnyUser, seen_as: str, closeness: Audience) -> AnyUser | None:
    """Whose right to read counts for pins. A fellow is taken to be in all of the owner's spaces: the most
    that any of them is shown."""
    if closeness == Audience.EVERYONE:
        return AnonymousUser()
    return None if seen_as == "stranger" else viewer


def _parts(
    profile: Profile, shown: dict[str, Any], pins: list[Line], spaces: tuple[Space, ...], *, is_own: bool
) -> list[Section]:
    """Those that say something to this reader. The owner sees hidden and empty ones too."""
    if is_own:
        return arranged(profile)
    own = {section.key for section in shown.get("sections", [])}
    says = {Kind.PINS: bool(pins), Kind.SPACES: bool(spaces)}
    says |= {kind: any(shown.get(name) for name in names) for kind, names in MADE_OF.items()}
    return [
        part
        for part in arranged(profile)
        if not part.hidden and (part.key in own if part.is_own else says[Kind(part.kind)])
    ]
