"""What lies between the reader of a page and its person: how close they stand, which spaces they share.

`audiences.Circle` answers the same for a whole list; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from communities.models import Membership, Space
from communities.permissions import in_network
from communities.roles import Role
from profiles.audiences import Audience, closest
from profiles.models import Block

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.permissions import AnyUser
    from profiles.models import User


@dataclass(frozen=True, slots=True)
class Between:
    closeness: Audience
    # Those both are in. A space that does not show its members does not show them here either.
    spaces: tuple[Space, ...] = ()

    @classmethod
    def of(cls, viewer: AnyUser, person: User) -> Between:
        """Two queries, however many spaces; none for a visitor."""
        if viewer.is_authenticated and viewer.pk == person.pk:
            mine = Space.objects.of_member(viewer).known_to(viewer).with_texts()
            return cls(Audience.ME, tuple(mine.order_by("pk")))
        if not in_network(viewer):
            return cls(Audience.EVERYONE)
        rows = tuple(_shared(viewer, person))
        return cls(
            closest(
                facilitates=any(space.__dict__["standing"] >= Role.FACILITATOR for space in rows),
                # Of no space there is no row to say it.
                is_apart=rows[0].__dict__["is_apart"] if rows else apart(viewer, person),
                shares=bool(rows),
            ),
            # A right from an exception (a grant) brings close, but is no membership to share.
            tuple(space for space in rows if space.__dict__["is_mine"]),
        )


def _shared(viewer: AnyUser, person: User) -> list[Space]:
    theirs = Membership.objects.filter(space=OuterRef("pk"), user=person.pk, suspended_at__isnull=True)
    mine = Membership.objects.filter(space=OuterRef("pk"), user=viewer.pk, suspended_at__isnull=True)
    rows = Space.objects.allowing(viewer, "see_members").with_standing(viewer).filter(Exists(theirs))
    return list(
        rows.annotate(is_mine=Exists(mine), is_apart=Exists(_blocks(viewer, person)))
        .with_texts()
        .order_by("pk")
    )


def apart(viewer: AnyUser, person: User) -> bool:
    """Whether one of them has blocked the other."""
    return _blocks(viewer, person).exists()


def _blocks(viewer: AnyUser, person: User) -> QuerySet[Block]:
    return Block.objects.filter(Q(user=viewer.pk, person=person.pk) | Q(user=person.pk, person=viewer.pk))
