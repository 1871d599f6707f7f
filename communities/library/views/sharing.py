"""A thing of one library, read in another space: asked for, ended, looked at, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.feed import page_or_404
from communities.library import sharing
from communities.library.models import LibraryItem
from communities.library.shares import LibraryShare
from communities.library.views.finding import item_or_404, page
from communities.models import Space
from communities.permissions import rights
from communities.readers import audience
from communities.views.door import SignedInRequest, space_or_404

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_page(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """`?with=`: the space that was chosen; then it says who will read the thing, and asks."""
    here = space_or_404(request, slug, "manage")
    found = item_or_404(here, public_id)
    if found.is_folder:
        raise Http404
    targets = sharing.targets_for(found, request.user)
    asked = request.POST.get("with") or request.GET.get("with", "")
    chosen = get_object_or_404(targets, slug=asked[:60]) if asked else None
    if request.method == "POST" and chosen is not None:
        try:
            sharing.share(found, chosen, seen=request.POST.get("seen", ""), by=request.user)
        except sharing.AudienceChanged:
            return _asked(request, here, found, chosen, is_changed=True)
        messages.success(request, _("Shared. You can end it at any time."))
        return redirect("library:sharing", here.slug, found.public_id)
    if chosen is not None:
        return _asked(request, here, found, chosen)
    return page(request, here, "sharing", item=found, targets=targets, shares=_shares(request, found))


def _asked(
    request: SignedInRequest, here: Space, found: LibraryItem, chosen: Space, is_changed: bool = False
) -> HttpResponse:
    chosen.rights = rights(request.user, chosen)
    context = {"item": found, "chosen": chosen, "audience": audience(chosen), "is_changed": is_changed}
    return page(request, here, "sharing_form", 422 if is_changed else 200, **context)


def _shares(request: SignedInRequest, found: LibraryItem) -> list[LibraryShare]:
    """A space that this reader may not know has no name here, and can be ended all the same."""
    rows = list(LibraryShare.objects.out_of(found).select_related("space").prefetch_related("space__texts"))
    known = _known(request, {row.space_id for row in rows})
    running = set(LibraryShare.objects.in_force().filter(item=found.pk).values_list("pk", flat=True))
    for row in rows:
        row.shown = row.space if row.space_id in known else None  # type: ignore[attr-defined]
        row.rests = row.pk not in running  # type: ignore[attr-defined]
    return rows


def _known(request: HttpRequest, ids: set[int]) -> set[int]:
    return set(Space.objects.known_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))


@require_POST
def revocation(request: SignedInRequest, slug: str, public_id: str, share: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    found = item_or_404(here, public_id)
    row = get_object_or_404(LibraryShare.objects.out_of(found), public_id=share)
    row.item = found
    sharing.end(row, by=request.user)
    messages.success(request, _("Ended, with effect at once."))
    return redirect("library:sharing", here.slug, found.public_id)


@require_safe
def shared(request: HttpRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug)
    rows = LibraryShare.objects.of(here).with_line()
    return page(request, here, "shared_list", page_obj=page_or_404(Paginator(rows, PER_PAGE), request))


@require_safe
def shared_item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The space it comes from is named to those who may know that space."""
    here = space_or_404(request, slug)
    row = _share_or_404(here, public_id)
    origin = Space.objects.known_to(request.user).with_texts().filter(pk=row.item.space_id).first()
    return page(request, here, "shared_detail", share=row, item=row.item, origin=origin)


@require_POST
def shared_removal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    sharing.take_out(_share_or_404(here, public_id), by=request.user)
    messages.success(request, _("Taken out of this library. Where it came from it stays."))
    return redirect(reverse("library:shared", args=[here.slug]))


def _share_or_404(here: Space, public_id: str) -> LibraryShare:
    rows = LibraryShare.objects.of(here).select_related("item__current__stored")
    row = get_object_or_404(rows, public_id=public_id)
    row.space = here
    return row
