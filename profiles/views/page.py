"""A person's page, as far as its reader may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from profiles.models import User
from profiles.page import page_for


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    owner = User.objects.with_pictures().filter(public_id=public_id).first()
    page = page_for(request.user, owner, request.GET.get("as", "")) if owner is not None else None
    if page is None:
        raise Http404
    saves_data = request.headers.get("Save-Data", "").lower() == "on"
    context = {"page": page, "person": owner, "shown": page.shown, "saves_data": saves_data}
    response = render(request, "profiles/person_page.html", context)
    patch_vary_headers(response, ["Save-Data"])
    return response
