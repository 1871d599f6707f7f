"""Saying one word to a post, taking it back, and who said what."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from communities.feed import page_or_404
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum.talking import reactions as words
from forum.talking.feet import Feet
from forum.talking.models import Reaction
from forum.talking.pace import a_lot, is_too_fast
from forum.talking.reading import for_reader
from forum.views.places import address_of
from forum.views.posts import post_or_404

PAGE: Final = 50
# Says that a script asks, which puts the answer in the place of what stands below the post.
FRAGMENT: Final = "X-Fragment"


@require_http_methods(["GET", "HEAD", "POST"])
def reactions(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Counts are for every reader; who it was is for those inside who see one another."""
    if request.method == "POST":
        return _said(request, slug, public_id)
    here = space_or_404(request, slug, "see_members")
    found = post_or_404(here, public_id)
    rows = Reaction.objects.filter(post=found).select_related("person").order_by("-pk")
    for_reader([found], here, request.user)
    page = page_or_404(Paginator(rows, PAGE), request)
    context = {"space": here, "tab": "forum", "topic": found.topic, "post": found, "page_obj": page}
    return render(request, "forum/reaction_list.html", context)


def _said(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "react")
    found = post_or_404(here, public_id)
    given, taken = request.POST.get("give"), request.POST.get("take")
    if (given or taken) not in words.Kind.values:
        raise Http404
    is_script = FRAGMENT in request.headers
    if is_too_fast("react", request.user):
        if is_script:
            return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        messages.error(request, a_lot())
    elif given:
        words.give(found, request.user, given, here)
    else:
        words.take_back(found, request.user, taken or "", here)
    if not is_script:
        return redirect(address_of(found))
    feet = Feet(here, request.user)
    return HttpResponse(feet.of(found, words.tallies([found], request.user)[found.pk]))
