"""Taking one's own words back, and bringing them back within thirty days."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.permissions import Refused
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import bin as verbs
from forum.forum_conversation.models import Post
from forum.views.places import address_of
from forum.views.posts import post_or_404
from forum.written import Removal


@require_safe
def removals(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "remove")
    rows = verbs.of(here, request.user)
    return render(request, "forum/bin.html", {"space": here, "tab": "forum", "removals": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "remove")
    found = post_or_404(here, public_id)
    if found.poster_id != request.user.pk:
        raise Refused("remove", here)
    topic = found.topic
    if request.method != "POST" and not found.is_removed:
        context = {"space": here, "tab": "forum", "post": found, "topic": topic}
        return render(request, "forum/removal_form.html", context)
    if request.method == "POST":
        verbs.remove(found, by=request.user)
        messages.success(request, _("Removed. For thirty days you can put it back from here."))
    return redirect("forum:bin", here.slug)


@require_POST
def put_back(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "remove")
    rows = Removal.objects.filter(post__in=Post.objects.in_space(here), post__public_id=public_id)
    row = rows.filter(post__poster=request.user.pk).select_related("post__topic").first()
    if row is None:
        raise Http404
    row.post.topic.space = here
    try:
        verbs.put_back(row, by=request.user)
    except verbs.HiddenMeanwhile:
        messages.error(request, _("Those who look after this space have hidden it meanwhile."))
        return redirect("forum:bin", here.slug)
    messages.success(request, _("It stands in its place again."))
    return redirect(address_of(row.post))
