"""The owner's ways to be reached: added, changed, removed, put in order."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from communities.views.door import account_only
from profiles.forms.parts import ContactWayForm
from profiles.models import MOST_WAYS, ContactWay, Profile
from profiles.steps import steps
from profiles.views.editing import owner_of


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    there = list(owner.profile.contact_ways.all())
    is_full = len(there) >= MOST_WAYS
    place = there[-1].position + 1 if there else 0
    way = ContactWay(profile=owner.profile, position=place)
    form = ContactWayForm(request.POST if request.method == "POST" else None, instance=way)
    if form.is_bound and not is_full and form.is_valid():
        # Sent twice, it stands there once, for whom it was said last.
        same = next((row for row in there if (row.kind, row.value) == (way.kind, way.value)), way)
        same.audience = way.audience
        same.save()
        return _back()
    rows = steps(there, lambda row: str(row.pk))
    context = {"person": owner, "rows": rows, "form": form, "is_full": is_full, "tab": "contact"}
    return render(request, "profiles/contact_ways.html", context, status=422 if form.errors else 200)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def way(request: HttpRequest, pk: int) -> HttpResponse:
    there = _own_or_404(request, pk)
    form = ContactWayForm(request.POST if request.method == "POST" else None, instance=there)
    if form.is_bound and form.is_valid():
        form.save()
        return _back(f"way-{pk}")
    context = {"form": form, "way": there, "tab": "contact"}
    return render(request, "profiles/contact_way_form.html", context, status=422 if form.errors else 200)


@account_only
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    ContactWay.objects.filter(profile__user=request.user.pk, pk=pk).delete()
    return _back()


@account_only
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the one that the form names; at the end when it names none."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update().get(user=request.user.pk)
        rows = list(profile.contact_ways.all())
        moved = next((row for row in rows if row.pk == pk), None)
        goal = next((row for row in rows if str(row.pk) == request.POST.get("before")), None)
        if moved is not None and moved is not goal:
            rows.remove(moved)
            rows.insert(rows.index(goal) if goal else len(rows), moved)
            for number, row in enumerate(rows):
                row.position = number
            ContactWay.objects.bulk_update(rows, ["position"])
    return _back(f"way-{pk}")


def _own_or_404(request: HttpRequest, pk: int) -> ContactWay:
    if pk > 2**62:
        raise Http404
    return get_object_or_404(ContactWay, profile__user=request.user.pk, pk=pk)


def _back(anchor: str = "ways") -> HttpResponse:
    response = redirect("profiles:contact_ways")
    response["Location"] += f"#{anchor}"
    return response
