"""Proposing a space, and the staff's side of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import proposing
from communities.feed import page_or_404
from communities.forms import ReasonForm
from communities.models import SpaceProposal
from communities.proposal_forms import AcceptanceForm, ProposalForm
from communities.shapes import TEMPLATES
from communities.views.door import SignedInRequest, network_only, staff_only

PENDING = SpaceProposal.State.PENDING


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: SignedInRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = proposing.propose(by=request.user, **form.cleaned_data)
        messages.success(request, _("The team has it. You hear from them by mail."))
        return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "communities/proposal_form.html", {"form": form}, status=status)


@network_only
@require_safe
def proposal(request: SignedInRequest, public_id: str) -> HttpResponse:
    own = SpaceProposal.objects.filter(by=request.user)
    return render(
        request, "communities/proposal_detail.html", {"proposal": get_object_or_404(own, public_id=public_id)}
    )


@require_safe
@staff_only
def staff_proposals(request: SignedInRequest) -> HttpResponse:
    """Those that wait first."""
    rows = SpaceProposal.objects.select_related("by").order_by("decided_at", "pk")
    waiting, decided = rows.filter(state=PENDING), rows.exclude(state=PENDING).order_by("-decided_at")[:20]
    context = {
        "tab": "proposals",
        "page_obj": page_or_404(Paginator(waiting, 30), request),
        "decided": decided,
    }
    return render(request, "communities/staff_proposals.html", context)


@require_safe
@staff_only
def staff_proposal(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(SpaceProposal.objects.select_related("by"), public_id=public_id)
    return _page(request, found, AcceptanceForm(initial={"email": found.by.email}), ReasonForm())


def _page(
    request: SignedInRequest, found: SpaceProposal, form: AcceptanceForm, reason: ReasonForm
) -> HttpResponse:
    context = {
        "tab": "proposals",
        "proposal": found,
        "form": form,
        "reason": reason,
        "templates": TEMPLATES.values(),
    }
    status = 422 if form.errors or reason.errors else 200
    return render(request, "communities/staff_proposal.html", context, status=status)


@require_POST
@staff_only
def acceptance(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(SpaceProposal.objects.select_related("by"), public_id=public_id)
    form = AcceptanceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, ReasonForm())
    made = proposing.accept(
        found, by=request.user, template=form.cleaned_data["template"], facilitator=form.person
    )
    _say(request, _("The space is there, and its facilitator is in it."), decided=made is not None)
    return redirect("communities:staff_proposals")


@require_POST
@staff_only
def rejection(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(SpaceProposal.objects.select_related("by"), public_id=public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, AcceptanceForm(initial={"email": found.by.email}), form)
    decided = proposing.decline(found, by=request.user, reason=form.cleaned_data["reason"])
    _say(request, _("Declined. They hear of it by mail and read your reason here."), decided=decided)
    return redirect("communities:staff_proposals")


def _say(request: SignedInRequest, words: str, *, decided: bool) -> None:
    if decided:
        messages.success(request, words)
    else:
        messages.info(request, _("Somebody else decided before you: nothing was changed."))
