"""Facilitators decide who comes in. A decision is a noun: an approval or a refusal of one request."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import joining
from communities.feed import page_or_404
from communities.models import JoinRequest, Space
from communities.roster_forms import TheyReadForm
from communities.views.door import SignedInRequest, space_or_404

PER_PAGE = 30


@require_safe
def requests(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    return _page(request, here, _waiting(here), TheyReadForm())


def _waiting(here: Space) -> QuerySet[JoinRequest]:
    rows = here.join_requests.filter(state=JoinRequest.State.PENDING)
    return rows.select_related("user__profile__photo").order_by("pk")


def _page(
    request: SignedInRequest, here: Space, rows: QuerySet[JoinRequest], form: TheyReadForm
) -> HttpResponse:
    page = page_or_404(Paginator(rows, PER_PAGE), request)
    context = {"space": here, "tab": "requests", "page_obj": page, "form": form}
    return render(request, "communities/request_list.html", context, status=422 if form.errors else 200)


@require_POST
def approval(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    asked = get_object_or_404(here.join_requests.select_related("user", "space"), public_id=public_id)
    is_done = joining.admit(asked, by=request.user)
    return _decided(request, here, _("Admitted. They hear of it by mail.") if is_done else "")


@require_POST
def refusal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    asked = get_object_or_404(here.join_requests.select_related("user", "space"), public_id=public_id)
    form = TheyReadForm(request.POST)
    if not form.is_valid():
        return _page(request, here, _waiting(here).filter(pk=asked.pk), form)
    is_done = joining.decline(asked, by=request.user, reason=form.cleaned_data["reason"])
    return _decided(request, here, _("Declined. They hear of it by mail.") if is_done else "")


def _decided(request: SignedInRequest, here: Space, done: str) -> HttpResponse:
    if done:
        messages.success(request, done)
    else:
        messages.info(request, _("This request was decided or withdrawn before."))
    return redirect("communities:requests", here.slug)
