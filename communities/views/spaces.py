from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.activity import gathered, lines_for
from communities.cards import PER_PAGE, Cards
from communities.feed import page_of, page_or_404
from communities.models import Membership, Space
from communities.permissions import OUTSIDER, in_network
from communities.prepared import Prepared
from communities.roles import Role
from communities.views.door import space_or_404
from themes.models import Theme


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """My spaces, then the others I may know of."""
    cards: Any = Cards(request.user)
    page = page_or_404(Paginator(cards, PER_PAGE), request)
    mine: list[Space] = []
    others: list[Space] = []
    for space in page:
        (mine if getattr(space, "standing", OUTSIDER) > OUTSIDER else others).append(space)
    context = {"mine": mine, "others": others, "page_obj": page, "in_network": in_network(request.user)}
    return render(request, "communities/space_list.html", context)


@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new in a space, newest first."""
    here = space_or_404(request, slug)
    page = page_of(here.activities.visible_to(request.user).select_related("actor"), request)
    context = {
        "space": here,
        "tab": "space",
        "page": page,
        "news": gathered(page.rows, lines_for(request.user, page.rows)),
        "facilitators": facilitators_of(here),
    }
    return render(request, "communities/space_detail.html", context)


def _facilitators(space_id: int) -> Any:
    rows = Membership.objects.filter(space=space_id, role=Role.FACILITATOR, suspended_at__isnull=True)
    rows = rows.filter(user__is_active=True).select_related("user__profile__photo")
    return rows.order_by("joined_at", "pk")[:12]


_FACILITATORS: Final = Prepared(_facilitators)


def facilitators_of(here: Space) -> list[Membership]:
    """For those inside: to others a space does not say who they are."""
    return _FACILITATORS(space_id=here.pk) if here.rights.is_inside else []


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug)
    context = {
        "space": here,
        "tab": "about",
        "facilitators": facilitators_of(here),
        "themes": Theme.objects.filter(spaces=here).with_names(),
        "members_count": here.memberships.filter(suspended_at__isnull=True, user__is_active=True).count(),
    }
    return render(request, "communities/space_about.html", context)
