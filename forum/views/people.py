"""Whom one may name: the list that opens behind an @ (static/js/people.js)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import JsonResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from communities.naming import folded
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum.talking.mentions import candidates
from forum.talking.pace import is_too_fast

MOST: Final = 8  # names
LONGEST: Final = 60  # characters


@require_safe
def people(request: SignedInRequest, slug: str) -> JsonResponse:
    """`?q=`: the beginning of any word of a name. For whoever writes here, and nobody else's names."""
    here = space_or_404(request, slug, "post")
    if is_too_fast("people", request.user):
        return JsonResponse({"people": []}, status=HTTPStatus.TOO_MANY_REQUESTS)
    asked = folded(request.GET.get("q", "")[:LONGEST]).split()
    all_who_run_it = pgettext("behind an @", "facilitators")
    found = [{"id": "", "name": all_who_run_it}] if _begins(all_who_run_it, asked) else []
    rows = candidates(here, request.user).exclude(pk=request.user.pk).values_list("public_id", "display_name")
    named = ({"id": key, "name": name} for key, name in rows.order_by("display_name") if _begins(name, asked))
    found += [each for each, _number in zip(named, range(MOST), strict=False)]
    return JsonResponse({"people": found})


def _begins(name: str, asked: list[str]) -> bool:
    words = folded(name).split()
    return bool(asked) and all(any(word.startswith(part) for word in words) for part in asked)
