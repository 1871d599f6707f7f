"""Organisations as the network sees them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.feed import page_or_404
from communities.views.door import SignedInRequest, network_only
from profiles.audiences import Circle
from profiles.directory import people_of
from profiles.forms.organisations import ProposalForm
from profiles.models import Organisation
from profiles.organisations import propose, same_name

PER_PAGE = 30


@network_only
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:120]
    rows = Organisation.objects.approved().named(asked).by_name()
    context = {"page_obj": page_or_404(Paginator(rows, PER_PAGE), request), "q": asked}
    return render(request, "profiles/organisation_list.html", context)


@network_only
@require_safe
def organisation(request: SignedInRequest, public_id: str) -> HttpResponse:
    """With the first of its people: those in the directory who show this reader where they work."""
    there = Organisation.objects.visible_to(request.user).with_follow(request.user)
    here = get_object_or_404(there, public_id=public_id)
    found = people_of(Circle.of(request.user), here)
    context = {"organisation": here, "cards": found.cards, "total": found.total}
    return render(request, "profiles/organisation_detail.html", context)


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: SignedInRequest) -> HttpResponse:
    form = ProposalForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        return _proposed(request, form)
    status = 422 if form.errors else 200
    return render(request, "profiles/organisation_form.html", {"form": form}, status=status)


def _proposed(request: SignedInRequest, form: ProposalForm) -> HttpResponse:
    """A name that is there already leads to it, whoever proposed it and however it is spelt."""
    there = same_name(form.cleaned_data["name"])
    if there is None:
        propose(request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Staff look at it; you hear from them."))
    elif there.approved_at:
        messages.info(request, _("It is there already."))
        return redirect(there)
    else:
        messages.info(request, _("It was proposed already. It appears here once staff have approved it."))
    return redirect("profiles:organisations")
