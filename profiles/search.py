"""What search finds of people: those who are in the directory, and of them what the network may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import override

from profiles.audiences import Audience, facilitated_by, fields_at
from search.analyser import title_words
from search.entries import Entry, drop, put

if TYPE_CHECKING:
    from typing import Any

    from communities.permissions import AnyUser
    from profiles.models import Profile, User

KIND: Final = "person"


def entries() -> Iterator[Entry]:
    from profiles.models import Profile

    for profile in Profile.objects.listed().with_card().iterator(chunk_size=500):
        yield entry(profile)


def follow(user: User) -> None:
    """Call after every change of a person or a profile, in its transaction."""
    from profiles.models import Profile

    Profile.objects.filter(user=user).update(name_folded=folded(user.display_name))
    profile = Profile.objects.listed().with_card().filter(user=user).first()
    if profile is None:
        drop(KIND, user.pk)
    else:
        put(entry(profile))


def hidden_from(reader: AnyUser) -> Q:
    """For `search.entries.register_hiding`: whom the reader has blocked, and who has blocked them.

    As in the directory, not those whom the reader meets as a facilitator.
    """
    from profiles.models import Block

    blocked = Block.objects.filter(user=reader.pk).values("person")
    blocking = Block.objects.filter(person=reader.pk).values("user")
    apart = Q(kind=KIND) & (Q(object_id__in=blocked) | Q(object_id__in=blocking))
    return apart & ~Q(object_id__in=facilitated_by(reader))


def folded(name: object) -> str:
    """As the directory sorts and looks up. A former member has none: the words are not theirs."""
    return title_words(name)[:240] if isinstance(name, str) else ""


def entry(profile: Profile) -> Entry:
    """`with_card()` beforehand. A field that the network may not read is never indexed."""
    user = profile.user
    with override(user.language):
        body = "\n".join(_words(profile))
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


def _words(profile: Profile) -> Iterator[str]:
    """In the order in which they stand on the page."""
    shown: dict[str, Any] = fields_at(profile.user, Audience.NETWORK)
    for text in profile.texts.all():
        yield from (getattr(text, name) for name in ("headline", "about") if shown.get(name) is not None)
        if "available" in shown:
            yield text.help_with
    yield ", ".join(theme.name for theme in shown.get("expertise", []))
    if "country" in shown:
        yield profile.country_name
    if organisation := shown.get("organisation"):
        yield organisation.name
