"""How a view gets hold of what lies in a library: of the space that was authorised, or the ordinary 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communities.library.models import LibraryItem

if TYPE_CHECKING:
    from communities.models import Space


def item_or_404(here: Space, public_id: str) -> LibraryItem:
    """With its page and the way to it. One query."""
    found = LibraryItem.objects.all_of(here).with_page().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.space = here
    for folder in found.ancestors:
        folder.space = here
    return found


def folder_or_404(here: Space, request: HttpRequest) -> LibraryItem | None:
    """`?in=`: the folder into which something is put; none is the top of the library."""
    public_id = request.GET.get("in", "")
    if not public_id:
        return None
    folder = item_or_404(here, public_id[:20])
    if not folder.is_folder:
        raise Http404
    return folder


def given(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to; an empty sending is a sending too."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def page(request: HttpRequest, here: Space, template: str, status: int = 200, **context: Any) -> HttpResponse:
    everything = {"space": here, "tab": "library", **context}
    return render(request, f"communities/library/{template}.html", everything, status=status)
