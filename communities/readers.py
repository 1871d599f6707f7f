"""Who can read a space, and why: the tables of `permissions.py` turned round, as one query over people.

    audience(space)                      # of a space: how many, and through what
    audience(space, is_open=True)        # of something in it that everyone may see
    people_reading(space)                # those it is written for by name

`tests/communities/test_readers.py` holds it against `permissions.may` over the whole product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery

from communities.grants import Grant
from communities.models import Membership
from communities.permissions import OUTSIDE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.models import Space
    from profiles.models import User


def people_reading(space: Space) -> QuerySet[User]:
    """Those with a role or a grant, with `role` (None: by grant alone) and `until` (None: no grant)."""
    own = Membership.objects.filter(space=space.pk, user=OuterRef("pk"))
    given = Grant.objects.in_force().filter(content_object=space.pk, user=OuterRef("pk")).order_by()
    people: Any = get_user_model().objects.filter(is_active=True, is_approved=True)
    return (
        people.filter(Exists(own) | Exists(given))
        # Suspended in the space: whatever else they hold gives nothing.
        .exclude(Exists(own.filter(suspended_at__isnull=False)))
        .annotate(
            role=Subquery(own.values("role")[:1]),
            until=Subquery(given.values("user").annotate(last=Max("expires_at")).values("last")[:1]),
        )
        .order_by(F("role").desc(nulls_last=True), "display_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Audience:
    """`everyone`: the whole internet; `network`: every approved member. `members` and `granted` are numbers of
    people who read by their role, and by a right of their own alone."""

    everyone: bool
    network: bool
    members: int
    granted: int


def audience(space: Space, *, is_open: bool = False) -> Audience:
    """`is_open`: the thing in question is shown to everyone, whatever its space shows. One query."""
    for_everyone, for_network = OUTSIDE[space.visibility]
    counted = people_reading(space).aggregate(
        members=Count("pk", filter=Q(role__isnull=False)), granted=Count("pk", filter=Q(role__isnull=True))
    )
    return Audience(is_open or "read" in for_everyone, is_open or "read" in for_network, **counted)
