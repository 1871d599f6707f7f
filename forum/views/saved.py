"""Keeping a post or a topic for later, and the list of what one keeps."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.feed import page_or_404
from communities.views import network_only, space_or_404
from communities.views.door import SignedInRequest
from forum.forms.saved import SavedForm
from forum.paging import PAGE_SIZE
from forum.talking import saved as keeping
from forum.talking.models import Saved
from forum.talking.reading import for_reader
from forum.views.places import address_of
from forum.views.posts import post_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def bookmark(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "subscribe")
    found = post_or_404(here, public_id)
    kept = keeping.of(found, request.user)
    form = SavedForm(request.POST if request.method == "POST" else None, initial={"note": kept and kept.note})
    if request.method == "POST" and "end" in request.POST:
        keeping.let_go(found, request.user)
        messages.success(request, _("No longer among what you saved."))
        return redirect("saved:saved")
    if request.method == "POST" and form.is_valid():
        keeping.save(found, request.user, form.cleaned_data["note"])
        messages.success(request, _("Saved. Only you see it, under “Saved”."))
        return redirect(address_of(found).partition("#")[0])
    for_reader([found], here, request.user)
    context = {"space": here, "tab": "forum", "post": found, "topic": found.topic, "form": form, "kept": kept}
    return render(request, "forum/saved_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@network_only
def saved(request: SignedInRequest) -> HttpResponse:
    """Across all spaces; what one may no longer read is not there."""
    rows = Saved.objects.visible_to(request.user).with_line()
    context = {"page_obj": page_or_404(Paginator(rows, PAGE_SIZE), request)}
    return render(request, "forum/saved_list.html", context)
