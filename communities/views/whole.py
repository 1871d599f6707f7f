"""A copy of the whole space, for those who run it, after signing in again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import taking
from communities.models import Space
from communities.views.again import signed_in_again
from communities.views.door import SignedInRequest, space_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Who may not is refused before anybody is asked to sign in."""
    return _whole(request, space_or_404(request, slug, "export"))


@signed_in_again
def _whole(request: SignedInRequest, here: Space) -> HttpResponse:
    if request.method == "POST":
        try:
            taking.ask(here, by=request.user)
        except taking.Forbidden:
            messages.info(request, _("This space does not allow copies."))
        return redirect("communities:whole", here.slug)
    context = {"space": here, "tab": "desk", "export": taking.of(here)}
    return render(request, "communities/space_whole.html", context)
