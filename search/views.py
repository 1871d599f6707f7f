"""The one search page."""

import re
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.query import LONGEST_QUERY, cut
from search.results import Asked, NoSuchPage, find

_PAGE: Final = re.compile(r"[1-9][0-9]{0,3}")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    try:
        results = find(request.user, asked)
    except NoSuchPage as nothing:
        raise Http404 from nothing
    context = {"asked": asked, "results": results, "longest_query": LONGEST_QUERY}
    return render(request, "search/search.html", context)


def _asked(request: HttpRequest) -> Asked:
    """Raises Http404 for a page that is no number from 1 on."""
    page = request.GET.get("page", "1")
    if not _PAGE.fullmatch(page):
        raise Http404
    return Asked(
        text=cut(request.GET.get("q", "")),
        kind=cut(request.GET.get("kind", "")),
        language=cut(request.GET.get("language", "")),
        page=int(page),
    )
