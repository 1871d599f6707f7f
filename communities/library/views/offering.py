"""A file on its way to the public site: offered, agreed to or declined, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.library import offering
from communities.library.models import LibraryItem
from communities.library.offers import LibraryOffer, LibraryOfferQuerySet
from communities.library.views.finding import item_or_404, page
from communities.views.door import SignedInRequest, space_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """For those who run the space."""
    here = space_or_404(request, slug, "manage")
    found = item_or_404(here, public_id)
    if not found.is_file:
        raise Http404
    if request.method == "POST":
        try:
            row = offering.offer(found, by=request.user)
        except offering.NobodyToAsk:
            messages.error(request, _("Whoever put this here reads here no more: nobody can agree for them."))
        else:
            is_asked = row.state == LibraryOffer.State.ASKED
            messages.success(
                request,
                _("Asked. They decide, and hear of it by mail.")
                if is_asked
                else _("The editors see it now."),
            )
        return redirect("library:offer", here.slug, found.public_id)
    there = LibraryOffer.objects.of(found).first()
    return page(request, here, "offer", item=found, offer=there, is_own=_is_author(request, found))


def _is_author(request: SignedInRequest, found: object) -> bool:
    current = getattr(found, "current", None)
    return current is not None and current.by_id == request.user.pk


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """For whoever put the present version there; nobody else decides, and to them it is not there."""
    here = space_or_404(request, slug)
    found = item_or_404(here, public_id)
    row = get_object_or_404(_own(request, found))
    row.version.item = found
    if request.method == "POST" and request.POST.get("answer") == "agree":
        if offering.agree(row, by=request.user):
            messages.success(
                request, _("Thank you. The editors see it now, and you can withdraw it until they take it.")
            )
        return redirect("library:offer_answer", here.slug, found.public_id)
    return page(request, here, "offer_answer", item=found, offer=row)


def _own(request: SignedInRequest, found: LibraryItem) -> LibraryOfferQuerySet:
    """Nobody's for a visitor: what an erased account put there has no author either."""
    if not request.user.is_authenticated:
        raise Http404
    return LibraryOffer.objects.of(found).filter(version__by=request.user.pk)


@require_POST
def withdrawal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Declining is the same deed: nothing is left."""
    here = space_or_404(request, slug)
    found = item_or_404(here, public_id)
    managed = here.rights.allows("manage")
    row = get_object_or_404(LibraryOffer.objects.of(found) if managed else _own(request, found))
    row.version.item = found
    if offering.withdraw(row, by=request.user):
        messages.success(request, _("It will not be published. Nothing of it has left this space."))
    else:
        messages.error(request, _("The editors have a copy already. Please write to them."))
    return redirect("library:item", here.slug, found.public_id)
