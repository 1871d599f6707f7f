from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import joining
from communities.activity import gathered, lines_for
from communities.feed import page_of
from communities.forms import JoinRequestForm
from communities.models import JoinRequest, Membership, Space
from communities.permissions import OUTSIDER, Refused, in_network
from communities.roles import Role
from communities.views.door import SignedInRequest, known_space_or_404, space_or_404
from themes.models import Theme


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """My spaces, then the others I may know of."""
    known = Space.objects.known_to(request.user).with_standing(request.user).with_card()
    mine: list[Space] = []
    others: list[Space] = []
    for space in known.order_by("archived_at", "pk"):
        (mine if getattr(space, "standing", OUTSIDER) > OUTSIDER else others).append(space)
    context = {"mine": mine, "others": others, "in_network": in_network(request.user)}
    return render(request, "communities/space_list.html", context)


@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new in a space, newest first."""
    here = space_or_404(request, slug)
    page = page_of(here.activities.visible_to(request.user).exclude(kind__in=PERSONAL), request)
    context = {
        "space": here,
        "tab": "space",
        "page": page,
        "news": gathered(page.rows, lines_for(request.user, page.rows)),
        "facilitators": facilitators_of(here),
    }
    return render(request, "communities/space_detail.html", context)


# About one person's way in, or for facilitators: no news of the space.
PERSONAL = (
    *("join_requested", "own_admitted", "own_role_changed", "landing_proposed", "landing_answered"),
    *("own_proposal_accepted", "own_made_facilitator", "own_right_given"),
    *("space_copy_ready", "space_copy_failed"),
)


def facilitators_of(here: Space) -> list[Membership]:
    rows = here.memberships.filter(role=Role.FACILITATOR, suspended_at__isnull=True, user__is_active=True)
    return list(rows.select_related("user__profile__photo").order_by("joined_at", "pk")[:12])


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug)
    context = {
        "space": here,
        "tab": "about",
        "facilitators": facilitators_of(here) if here.rights.is_inside else [],
        "themes": Theme.objects.filter(spaces=here).with_names(),
        "members_count": here.memberships.filter(suspended_at__isnull=True, user__is_active=True).count(),
    }
    return render(request, "communities/space_about.html", context)


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    from django.core.paginator import Paginator

    from communities.feed import page_or_404

    here = space_or_404(request, slug, "see_members")
    rows = here.memberships.filter(suspended_at__isnull=True, user__is_active=True, user__is_approved=True)
    rows = rows.select_related("user__profile__photo").order_by("-role", "user__display_name", "pk")
    page = page_or_404(Paginator(rows, 50), request)
    return render(
        request, "communities/member_list.html", {"space": here, "tab": "members", "page_obj": page}
    )


@require_POST
def membership(request: SignedInRequest, slug: str) -> HttpResponse:
    """Joining an open space, in one click."""
    here = known_space_or_404(request, slug)
    if here.rights.is_inside:
        return redirect(here)
    if not here.rights.allows("join"):
        raise Refused("join", here)
    joining.join(here, request.user)
    messages.success(request, _("You are in. Welcome!"))
    return redirect(here)


@require_http_methods(["GET", "POST"])
def departure(request: HttpRequest, slug: str) -> HttpResponse:
    here = known_space_or_404(request, slug)
    own = here.memberships.filter(user=request.user.pk).first()
    if own is None or not here.rights.allows("leave"):
        raise Refused("leave", here)
    if request.method == "GET":
        return render(request, "communities/departure_form.html", {"space": here, "tab": "about"})
    joining.leave(own)
    messages.success(request, _("You have left. Your notifications and subscriptions there are deleted."))
    return redirect("communities:spaces")


@require_http_methods(["GET", "POST"])
def join_request(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asking to come in. A second request while one waits shows the one that waits."""
    here = known_space_or_404(request, slug)
    if here.rights.is_inside:
        return redirect(here)
    if not here.rights.allows("ask"):
        raise Refused("ask", here)
    waiting = here.join_requests.filter(user=request.user.pk, state=JoinRequest.State.PENDING).first()
    form = JoinRequestForm(request.POST or None, question=here.text.question)
    if request.method == "POST" and waiting is None and form.is_valid():
        waiting = joining.ask(here, request.user, form.cleaned_data["text"])
        messages.success(
            request, _("Your request is with the facilitators. You will hear from them by mail.")
        )
        return redirect(request.path)
    return render(
        request, "communities/join_request_form.html", {"space": here, "form": form, "waiting": waiting}
    )
