"""A person's page, as far as its reader may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Space
from profiles.audiences import FIELDS, audience_of, shown_to
from profiles.models import User


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    owner = User.objects.with_page().filter(public_id=public_id).first()
    shown = shown_to(request.user, owner) if owner is not None else {}
    if owner is None or not shown:
        raise Http404
    context = {
        "person": owner,
        "shown": shown,
        "audiences": {field: audience_of(owner, field).label for field in FIELDS},
        "is_owner": owner.pk == request.user.pk,
        "spaces": _spaces_in_common(request, owner),
    }
    return render(request, "profiles/person_page.html", context)


def _spaces_in_common(request: HttpRequest, owner: User) -> list[Space]:
    """Those both are in. A space that does not show its members does not show them here either."""
    viewer = request.user
    spaces = Space.objects.of_member(viewer).known_to(viewer).with_texts()
    if owner.pk != viewer.pk:
        theirs = Space.objects.of_member(owner).values("pk")
        spaces = spaces.allowing(viewer, "see_members").filter(pk__in=theirs)
    return list(spaces)
