"""How a view gets hold of what lies in a library: of the space that was authorised, or the ordinary 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from communities.library.models import LibraryItem
from communities.permissions import Refused
from communities.views.door import space_or_404

if TYPE_CHECKING:
    from communities.models import Space

View = Callable[..., HttpResponseBase]


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


def text_kept(view: View) -> View:
    """For notes: whoever lost the right while they wrote, and still reads here, is told why and has their text to
    copy."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            typed = request.POST.get("text", "") if request.method == "POST" else ""
            if refusal.action == "read" or not typed:
                raise
            here = space_or_404(request, kwargs["slug"])
            return page(request, here, "words_back", 403, typed=typed, reason=refusal.reason)

    return cast(View, keeping)


def page(request: HttpRequest, here: Space, template: str, status: int = 200, **context: Any) -> HttpResponse:
    everything = {"space": here, "tab": "library", **context}
    return render(request, f"communities/library/{template}.html", everything, status=status)
