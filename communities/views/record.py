"""The record, read by those it concerns: a space's by those who run it, one's own by oneself, staff's by staff."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.feed import page_or_404
from communities.leaving import names_for
from communities.models import Record
from communities.views.door import SignedInRequest, account_only, space_or_404, staff_only

PAGE = 50


@require_safe
def of_space(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "see_record")
    rows = Record.objects.filter(space=here).with_line()
    if not here.rights.allows("export"):
        rows = rows.for_moderators()
    page = page_or_404(Paginator(rows, PAGE), request)
    context = {"space": here, "tab": "desk", "page_obj": page, "records": page}
    return render(request, "communities/space_record.html", context)


@require_safe
@account_only
def own(request: SignedInRequest) -> HttpResponse:
    """What was done to oneself stands without who did it and why: that may speak of others, and staff answer."""
    page = page_or_404(Paginator(Record.objects.concerning(request.user.pk), PAGE), request)
    context = {"page_obj": page, "names": names_for(request.user)}
    return render(request, "communities/own_record.html", context)


@require_safe
@staff_only
def of_staff(request: SignedInRequest) -> HttpResponse:
    rows = Record.objects.of_office().with_line().prefetch_related("space__texts").select_related("space")
    page = page_or_404(Paginator(rows, PAGE), request)
    return render(
        request, "communities/staff_record.html", {"tab": "desk", "page_obj": page, "records": page}
    )
