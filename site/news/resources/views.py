"""The record of one resource for reference managers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.resources.citation import Citation
from news.resources.models import ResourcePage


@require_safe
def citation(request: HttpRequest, slug: str) -> HttpResponse:
    """Unknown, a draft, restricted: the ordinary 404."""
    here = ResourcePage.objects.open_to_all().filter(slug=slug, locale__language_code=get_language())
    page = here.select_related("document").first()
    if page is None:
        raise Http404
    return HttpResponse(
        Citation.of(page).ris(),
        content_type="application/x-research-info-systems; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="citation.ris"'},
    )
