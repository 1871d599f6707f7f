"""How a space presents itself to whoever may know it: words per language, address, figures, who is named.

Callers have asked `require(by, "manage", space)` before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities import freshness, hooks
from communities.founding import RESERVED
from communities.models import Membership, OldAddress, Record, Space, SpaceText
from communities.succession import hold_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from profiles.models import User

FIGURES: Final[dict[str, _StrPromise]] = {
    "members": _("how many members it has"),
    "topics": _("how many topics have been opened"),
    "countries": _("how many countries its members work in"),
    "since": _("the year it began"),
}


class AddressTaken(Exception):
    """Another space has this address, or had it: what leads there must not lead somewhere else."""


@transaction.atomic
def write(space: Space, language: str, *, by: User, name: str, purpose: str) -> SpaceText:
    """What the space is called and for, in one language. Raises Refused, Http404."""
    hold_for(space, by)
    text, _created = SpaceText.objects.update_or_create(
        space=space, language=language, defaults={"name": name, "purpose": purpose}
    )
    presented(space, space.slug, by, "words_changed")
    return text


@transaction.atomic
def readdress(space: Space, slug: str, *, by: User) -> None:
    """A new address; the old one leads there, for whoever may know the space.

    Raises ValueError for a hidden space (its address is random), AddressTaken, Refused, Http404.
    """
    if hold_for(space, by).is_hidden:
        raise ValueError("the address of a hidden space says nothing")
    if slug == space.slug:
        return
    if not is_free(slug, space):
        raise AddressTaken(slug)
    old, space.slug = space.slug, slug
    space.save(update_fields=["slug"])
    space.old_addresses.filter(slug=slug).delete()
    OldAddress.objects.create(space=space, slug=old)
    presented(space, old, by, "address_changed")


def is_free(slug: str, space: Space) -> bool:
    others = Space.objects.exclude(pk=space.pk)
    return slug not in RESERVED and not others.filter(Q(slug=slug) | Q(old_addresses__slug=slug)).exists()


def presented(space: Space, old_slug: str, by: User, verb: str) -> None:
    """Once its words or its address are written: on record, and told to every room that shows them."""
    Record.objects.create(verb=verb, actor=by, space=space)
    # What was prefetched is from before.
    getattr(space, "_prefetched_objects_cache", {}).pop("texts", None)
    for function in hooks.present:
        function(space, old_slug)
    freshness.changed()


@transaction.atomic
def agree_to_figures(space: Space, figures: Iterable[str], *, by: User) -> None:
    """Which of FIGURES everyone on the internet may see. A hidden space shows none. Raises Refused, Http404."""
    hold_for(space, by)
    chosen = [] if space.is_hidden else [name for name in FIGURES if name in set(figures)]
    if chosen == space.figures:
        return
    space.figures = chosen
    space.save(update_fields=["figures"])
    Record.objects.create(verb="figures_agreed", actor=by, space=space)
    freshness.changed()


def be_named(membership: Membership, *, shown: bool, public_name: str = "") -> None:
    """Only the person themselves decides this."""
    membership.shown_publicly, membership.public_name = shown, public_name
    membership.save(update_fields=["shown_publicly", "public_name"])
    freshness.changed()


def mentions(space: Space) -> list[tuple[str, str]]:
    """What names the space in public and would stay if it became hidden: (title, address)."""
    return [found for function in hooks.mentions for found in function(space)]
