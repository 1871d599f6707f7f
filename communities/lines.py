"""What a notification of this room shows besides its sentence: the reason somebody gave, to whom it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from communities.activity import Line, register_resolver
from communities.models import JoinRequest, Record, Space

if TYPE_CHECKING:
    from communities.permissions import AnyUser


def register() -> None:
    register_resolver("own_declined", refusals)
    for kind in ("own_removed", "own_suspended_here"):
        register_resolver(kind, reasons)


def refusals(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """Leads to the request, while its space may be known."""
    own = JoinRequest.objects.filter(pk__in=ids, user=user.pk).select_related("space")
    known = set(Space.objects.known_to(user).filter(join_requests__in=own).values_list("pk", flat=True))
    return {row.pk: Line(row.reason, _way(row.space if row.space_id in known else None)) for row in own}


def reasons(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    own = Record.objects.filter(pk__in=ids, person=user.pk).exclude(reason="")
    return {row.pk: Line(row.reason, _way(None)) for row in own}


def _way(space: Space | None) -> str:
    if space is None:
        return reverse("communities:notifications")
    return reverse("communities:join_request", args=[space.slug])
