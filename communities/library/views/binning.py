"""The bin: into it, out of it, and what lies there."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.feed import page_or_404
from communities.forms import OptionalReasonForm
from communities.library import binning
from communities.library.views.finding import given, item_or_404, page
from communities.library.views.shelf import PER_PAGE
from communities.permissions import Refused
from communities.views.door import SignedInRequest, space_or_404

WAYS = ["GET", "HEAD", "POST"]


@require_safe
def bin_(request: SignedInRequest, slug: str) -> HttpResponse:
    """What one may bring back."""
    here = space_or_404(request, slug, "remove")
    rows = binning.in_bin(here, request.user, here.rights).with_line().select_related("removed_by")
    return page(
        request,
        here,
        "bin",
        page_obj=page_or_404(Paginator(rows, PER_PAGE), request),
        kept_days=binning.KEPT.days,
    )


@require_http_methods(WAYS)
def removal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Asked once, since a folder takes along what lies in it."""
    here = space_or_404(request, slug, "remove")
    found = item_or_404(here, public_id)
    if not found.may_be_removed_by(request.user, here.rights):
        raise Refused("remove", here)
    form = OptionalReasonForm(*given(request)[:1])
    if request.method == "POST" and form.is_valid():
        try:
            binning.throw_away(found, by=request.user, reason=form.cleaned_data["reason"])
        except binning.NotAllYours:
            form.add_error(
                None,
                _(
                    "Something in this folder was put there by somebody else. Those who look after the space can "
                    "do this."
                ),
            )
        else:
            messages.success(request, _in_bin_words())
            return redirect(found.parent or reverse("library:library", args=[here.slug]))
    return page(
        request,
        here,
        "removal_form",
        422 if form.errors else 200,
        item=found,
        form=form,
        is_own=found.is_of(request.user),
        kept_days=binning.KEPT.days,
    )


def _in_bin_words() -> str:
    days = binning.KEPT.days
    return ngettext(
        "It is in the bin, and can be brought back for %(count)d day.",
        "It is in the bin, and can be brought back for %(count)d days.",
        days,
    ) % {"count": days}


@require_POST
def restoration(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "remove")
    found = binning.in_bin(here, request.user, here.rights).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.space = here
    back = binning.restore(found, by=request.user)
    back.space = here
    if back.parent_id is None and found.parent_id is not None:
        messages.success(request, _("It is back, at the top of the library: its folder is gone."))
    else:
        messages.success(request, _("It is back."))
    return redirect(back)
