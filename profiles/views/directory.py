"""Looking people up."""

from __future__ import annotations

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.views.door import network_only
from profiles import directory
from profiles.models import Profile

PER_PAGE = 30


@network_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    listed = Profile.objects.visible_to(request.user)
    chosen = directory.Filters.of(request.GET)
    try:
        page = Paginator(chosen.apply(listed).by_name().with_card(), PER_PAGE).page(
            request.GET.get("page", 1)
        )
    except InvalidPage as beyond:
        raise Http404 from beyond
    context = {"page_obj": page, "chosen": chosen, "choices": directory.choices(listed, chosen)}
    return render(request, "profiles/people_list.html", context)
