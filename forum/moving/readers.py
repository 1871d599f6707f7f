"""Who will read a topic in another space, and who will not any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from communities.models import Membership
from communities.readers import people_reading
from communities.roles import Visibility
from communities.shapes import is_wider

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.models import Space
    from profiles.models import User


OPEN = (Visibility.PUBLIC, Visibility.NETWORK)


@dataclass(frozen=True, slots=True)
class Change:
    """What a move changes for readers. `gaining`, `losing`: people by name, where they can be counted; `losing` is
    None when whoever is not in the target loses it (a whole network cannot be named)."""

    is_wider: bool
    gaining: int
    losing: int | None


def change_of_readers(before: Space, after: Space) -> Change:
    old, new = people_reading(before).order_by(), people_reading(after).order_by()
    gaining = 0 if before.visibility in OPEN else new.exclude(pk__in=old.values("pk")).count()
    if after.visibility in OPEN:
        return Change(is_wider(after.visibility, before.visibility), gaining, 0)
    losing = None if before.visibility in OPEN else old.exclude(pk__in=new.values("pk")).count()
    return Change(gaining > 0, gaining, losing)


def shut_out(space: Space) -> QuerySet[User]:
    """Accounts that may not read the space."""
    people = get_user_model().objects.order_by()
    if space.visibility in OPEN:
        return people.filter(
            pk__in=Membership.objects.filter(space=space.pk, suspended_at__isnull=False).values("user")
        )
    return people.exclude(pk__in=people_reading(space).order_by().values("pk"))
