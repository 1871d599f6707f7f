"""The staff desk's part about organisations: approved, changed, made one, or declined."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.feed import page_or_404
from communities.forms import OptionalReasonForm
from communities.views.door import SignedInRequest, staff_only
from profiles.forms.organisations import ChangeForm, MergeForm
from profiles.models import Organisation
from profiles.organisations import approve, change, decline, merge

TAB = {"tab": "organisations"}


@require_safe
@staff_only
def organisations(request: SignedInRequest) -> HttpResponse:
    """First those that wait."""
    asked = request.GET.get("q", "").strip()[:120]
    rows = Organisation.objects.named(asked).select_related("proposed_by")
    rows = rows.order_by(F("approved_at").asc(nulls_first=True), "name_folded", "pk")
    context = {**TAB, "page_obj": page_or_404(Paginator(rows, 30), request), "q": asked}
    return render(request, "profiles/staff_organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def organisation(request: SignedInRequest, public_id: str) -> HttpResponse:
    here = _here(public_id)
    form = ChangeForm(request.POST if request.method == "POST" else None, organisation=here)
    if form.is_bound and form.is_valid():
        change(here, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("profiles:staff_organisation", public_id)
    return _page(request, here, form=form)


@require_POST
@staff_only
def approval(request: SignedInRequest, public_id: str) -> HttpResponse:
    approve(_here(public_id), by=request.user)
    messages.success(request, _("Approved. Whoever proposed it hears of it."))
    return redirect("profiles:staff_organisations")


@require_POST
@staff_only
def refusal(request: SignedInRequest, public_id: str) -> HttpResponse:
    form = OptionalReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    decline(_here(public_id), by=request.user, reason=reason)
    messages.success(request, _("Declined. Whoever proposed it hears of it."))
    return redirect("profiles:staff_organisations")


@require_POST
@staff_only
def merging(request: SignedInRequest, public_id: str) -> HttpResponse:
    here = _here(public_id)
    merged = MergeForm(request.POST, organisation=here)
    if not merged.is_valid():
        return _page(request, here, merged=merged)
    into: Organisation = merged.cleaned_data["into"]
    merge(here, into, by=request.user)
    messages.success(request, _("The two are one."))
    return redirect("profiles:staff_organisation", into.public_id)


def _here(public_id: str) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("proposed_by"), public_id=public_id)


def _page(
    request: SignedInRequest,
    here: Organisation,
    form: ChangeForm | None = None,
    merged: MergeForm | None = None,
) -> HttpResponse:
    context = {
        **TAB,
        "organisation": here,
        "form": form or ChangeForm(organisation=here),
        "merge_form": merged or MergeForm(organisation=here),
        "people_count": here.people.count(),
    }
    status = 422 if (form and form.errors) or (merged and merged.errors) else 200
    return render(request, "profiles/staff_organisation.html", context, status=status)
