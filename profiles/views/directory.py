"""The directory of people: for members of the network, of those who want to be found."""

from __future__ import annotations

import re
from typing import Final

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.views.door import network_only
from profiles import directory
from profiles.audiences import Circle
from profiles.facets import choices, chosen

_PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")


@network_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    asked, number = directory.Filters.of(request.GET), request.GET.get("page", "1")
    if not _PAGE.fullmatch(number):
        raise Http404
    found = directory.look(Circle.of(request.user), asked, int(number))
    try:
        page = found.page(int(number))
    except EmptyPage as beyond:
        raise Http404 from beyond
    context = {
        "page_obj": page,
        "asked": asked,
        "facets": choices(found, asked),
        "chosen": chosen(found, asked),
        "all_url": asked.address(**dict.fromkeys(asked.chosen, "")),
    }
    return render(request, "profiles/people_list.html", context)
