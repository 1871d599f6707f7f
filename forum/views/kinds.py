"""What the author of a topic or a moderator makes of it: its kind, its solution."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.permissions import Refused
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import solving
from forum.kinds import KindRefused, named
from forum.turning import turn
from forum.views.places import topic_or_404
from forum.views.posts import post_or_404


@require_POST
def kind(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "edit")
    found = topic_or_404(request, here, public_id)
    wanted = named(request.POST.get("kind", ""))
    if wanted is None:
        raise Http404
    try:
        if turn(found, wanted, by=request.user):
            messages.success(request, _("Saved. It is listed under its new kind."))
    except KindRefused as refusal:
        messages.error(request, refusal.reason)
    return redirect(found)


@require_POST
def solution(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "edit")
    found = post_or_404(here, public_id)
    try:
        solving.mark(found, by=request.user)
        messages.success(request, _("Marked as the solution. It stands under the question now."))
    except solving.NoSolution as refusal:
        messages.error(request, refusal.reason)
    return redirect(found.topic)


@require_POST
def solution_withdrawal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Of the post that is the solution now: a tap on an old page takes no other one back."""
    here = space_or_404(request, slug, "edit")
    found = post_or_404(here, public_id)
    if not found.topic.is_in_hands_of(request.user, here.rights):
        raise Refused("edit", here)
    if found.topic.solution_id == found.pk:
        solving.withdraw(found.topic, by=request.user)
    messages.success(request, _("The question is open again."))
    return redirect(found.topic)
