"""Those who run a space: its desk, rights of single people, who reads it, archiving."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import founding, granting, steering
from communities.feed import page_or_404
from communities.leaving import RIGHTS
from communities.models import Grant, Space
from communities.readers import audience, people_reading
from communities.roles import Role
from communities.steering_forms import GrantForm
from communities.views.door import SignedInRequest, space_or_404


@require_safe
def desk(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "export")
    context = {"space": here, "tab": "desk", **steering.at_the_desk(here)}
    return render(request, "communities/space_desk.html", context)


@require_safe
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Names for whoever sees the list of members; numbers for all who read."""
    here = space_or_404(request, slug)
    context = {"space": here, "tab": "about", "audience": audience(here)}
    if here.rights.allows("see_members"):
        rows = people_reading(here).select_related("profile__photo")
        page = page_or_404(Paginator(rows, 50), request)
        context |= {"page_obj": page, "roles": dict(Role.choices)}
    return render(request, "communities/space_readers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grants(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        granting.give(
            here, form.person, data["right"], until=data["until"], by=request.user, reason=data["reason"]
        )
        messages.success(request, _("Given. They hear of it by mail."))
        return redirect("communities:grants", here.slug)
    rows = Grant.objects.in_force().filter(content_object=here)
    rows = rows.select_related("user__profile__photo", "permission", "granted_by").order_by(
        "expires_at", "pk"
    )
    page = page_or_404(Paginator(rows, 50), request)
    context = {"space": here, "tab": "desk", "form": form, "page_obj": page, "rights": RIGHTS}
    return render(request, "communities/space_grants.html", context, status=422 if form.errors else 200)


@require_POST
def grant_withdrawal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    rows = Grant.objects.filter(content_object=here).select_related("user", "content_object")
    granting.withdraw(get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("Withdrawn, with effect at once."))
    return redirect("communities:grants", here.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def archival(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    if request.method != "POST":
        return _asked(request, here, "space_archival")
    founding.archive(here, by=request.user)
    messages.success(request, _("The space is archived. Its members hear of it by mail."))
    return redirect(here)


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "reopen")
    if request.method != "POST":
        return _asked(request, here, "space_reopening")
    founding.reopen(here, by=request.user)
    messages.success(request, _("The space is open again. Its members hear of it by mail."))
    return redirect(here)


def _asked(request: SignedInRequest, here: Space, template: str) -> HttpResponse:
    return render(request, f"communities/{template}.html", {"space": here, "tab": "desk"})
