"""The list of a space's topics, and one topic."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from communities.afterwards import await_written
from communities.models import Membership, Space
from communities.permissions import Refused
from communities.views import space_or_404
from forum import filters, marks
from forum.moved import topic_from
from forum.paging import page_or_404
from forum.posting import TopicGone
from forum.ready import Lines
from forum.views.places import topic_or_404
from forum.views.replies import replied, replied_there
from forum.views.topic_page import reply_form, topic_page
from forum.views.writing import waiting_for, words_kept


def topics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Pinned first, then by the last word."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if request.user.is_authenticated:
        await_written(request.user)
    chosen = filters.shown(here, request.GET.get("kind", ""), request.user)
    page = page_or_404(request, Lines(chosen, request.user), chosen.count)
    lines = list(page.object_list)
    joined_at = _joined_at(here, request) if any(line.seen_count is None for line in lines) else None
    for line in lines:
        line.news = marks.news(line, joined_at)
    context = {
        "space": here,
        "tab": "forum",
        "page_obj": page,
        "waiting": waiting_for(request, here, None) if chosen.has_waiting else [],
        "shown": chosen,
        "pinned": [line for line in lines if line.is_pinned],
        "topics": [line for line in lines if not line.is_pinned],
    }
    return render(request, "forum/topic_list.html", context)


def _joined_at(space: Space, request: HttpRequest) -> Any:
    own = Membership.objects.filter(space=space, user=request.user.pk)
    return own.values_list("joined_at", flat=True).first()


@words_kept
def topic(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """One topic; what is sent to its address is a reply."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        try:
            found = topic_or_404(request, here, public_id)
        except Http404:
            return _onward(request, here, public_id)
        return topic_page(request, found, reply_form(request, found))
    if not here.rights.allows("post"):
        raise Refused("post", here)
    try:
        return replied(request, here, public_id)
    except (Http404, TopicGone):
        return replied_there(request, here, public_id)


def _onward(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    """Not for good (301): the right is asked again each time."""
    there = topic_from(request.user, space, public_id)
    if there is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{there.get_absolute_url()}{'?' if query else ''}{query}")
