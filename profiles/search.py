"""What search finds of people: those who are in the directory, and of them what the network may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from profiles.audiences import AUDIENCES, Audience
from search.entries import Entry, drop, put

if TYPE_CHECKING:
    from profiles.models import Profile, User

KIND: Final = "person"
# In the order in which they stand on the page. A field that the network may not read is never indexed.
INDEXED: Final = ("headline", "about", "expertise", "country")


def entries() -> Iterator[Entry]:
    from profiles.models import Profile

    for profile in Profile.objects.listed().with_card().iterator(chunk_size=500):
        yield entry(profile)


def follow(user: User) -> None:
    """Call after every change of a person or a profile, in its transaction."""
    from profiles.models import Profile

    profile = Profile.objects.listed().with_card().filter(user=user).first()
    if profile is None:
        drop(KIND, user.pk)
    else:
        put(entry(profile))


def entry(profile: Profile) -> Entry:
    user = profile.user
    with override(user.language):
        body = "\n".join(filter(None, (_words(profile, field) for field in INDEXED)))
    return Entry(
        kind=KIND,
        object_id=user.pk,
        space_id=None,
        audience="network",
        language=user.language,
        title=str(user.display_name),
        body=body,
        url=f"people/{user.public_id}/",
    )


def _words(profile: Profile, field: str) -> str:
    if AUDIENCES[field] == Audience.ME:
        return ""
    if field == "expertise":
        return ", ".join(theme.name for theme in profile.expertise.all())
    return str(profile.country_name if field == "country" else getattr(profile, field))
