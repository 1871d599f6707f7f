"""Facilitators decide who comes in. A decision is a noun: an approval or a refusal of one request."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import joining
from communities.forms import OptionalReasonForm
from communities.models import JoinRequest
from communities.views.door import SignedInRequest, space_or_404


@require_safe
def requests(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    waiting = here.join_requests.filter(state=JoinRequest.State.PENDING).select_related(
        "user__profile__photo"
    )
    context = {
        "space": here,
        "tab": "requests",
        "requests": waiting.order_by("pk"),
        "form": OptionalReasonForm(),
    }
    return render(request, "communities/request_list.html", context)


@require_POST
def approval(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    asked = get_object_or_404(here.join_requests.select_related("user", "space"), public_id=public_id)
    joining.admit(asked, by=request.user)
    messages.success(request, _("Admitted. They hear of it by mail."))
    return redirect("communities:requests", here.slug)


@require_POST
def refusal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "admit")
    asked = get_object_or_404(here.join_requests.select_related("user", "space"), public_id=public_id)
    form = OptionalReasonForm(request.POST)
    if not form.is_valid():
        waiting = here.join_requests.filter(pk=asked.pk).select_related("user__profile__photo")
        context = {"space": here, "tab": "requests", "requests": waiting, "form": form}
        return render(request, "communities/request_list.html", context, status=422)
    joining.decline(asked, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Declined. They hear of it by mail."))
    return redirect("communities:requests", here.slug)
