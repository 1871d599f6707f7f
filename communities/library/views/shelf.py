"""Looking: a folder, a thing in it, and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from communities.feed import page_or_404
from communities.library import quota
from communities.library.differing import differences
from communities.library.models import LibraryItem, LibraryVersion
from communities.library.views.finding import item_or_404, page
from communities.views.door import space_or_404

if TYPE_CHECKING:
    from communities.models import Space

PER_PAGE = 30
VERSIONS_SHOWN = 10


@require_safe
def library(request: HttpRequest, slug: str) -> HttpResponse:
    return _folder(request, space_or_404(request, slug), None)


@require_safe
def item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug)
    found = item_or_404(here, public_id)
    return _folder(request, here, found) if found.is_folder else _item(request, here, found)


def _folder(request: HttpRequest, here: Space, folder: LibraryItem | None) -> HttpResponse:
    rows = LibraryItem.objects.of(here, folder).with_line()
    context: dict[str, Any] = {
        "folder": folder,
        "page_obj": page_or_404(Paginator(rows, PER_PAGE), request),
        "quota": quota.of(here) if here.rights.allows("upload") else None,
        **_deeds(request, here, folder),
    }
    return page(request, here, "folder_detail", **context)


def _item(request: HttpRequest, here: Space, found: LibraryItem) -> HttpResponse:
    versions = list(LibraryVersion.objects.of(found).with_line()[: VERSIONS_SHOWN + 1])
    context: dict[str, Any] = {
        "item": found,
        "versions": versions[:VERSIONS_SHOWN],
        "has_more_versions": len(versions) > VERSIONS_SHOWN,
        **_deeds(request, here, found),
    }
    return page(request, here, "item_detail", **context)


def _deeds(request: HttpRequest, here: Space, found: LibraryItem | None) -> dict[str, bool]:
    """What the reader may do with it."""
    if found is None or not request.user.is_authenticated:
        return {}
    return {
        "may_arrange": found.may_be_arranged_by(request.user, here.rights),
        "may_remove": found.may_be_removed_by(request.user, here.rights),
        "may_rewrite": found.may_be_rewritten_by(request.user, here.rights),
    }


@require_safe
def versions(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug)
    found = item_or_404(here, public_id)
    if found.current is None:
        raise Http404
    rows = LibraryVersion.objects.of(found).with_line()
    return page(
        request,
        here,
        "version_list",
        item=found,
        page_obj=page_or_404(Paginator(rows, PER_PAGE), request),
    )


@require_safe
def version(request: HttpRequest, slug: str, public_id: str, number: int) -> HttpResponse:
    """What a note said then, and what had changed in it. A file's version is its file."""
    here = space_or_404(request, slug)
    found = item_or_404(here, public_id)
    rows = LibraryVersion.objects.of(found).select_related("by").filter(number__lte=number)
    shown = list(rows[:2]) if found.is_note else []
    if not shown or shown[0].number != number:
        raise Http404
    before = shown[1] if len(shown) > 1 else None
    context: dict[str, Any] = {
        "item": found,
        "version": shown[0],
        "before": before,
        "differences": differences(before.text, shown[0].text) if before else [],
    }
    return page(request, here, "version_detail", **context)
