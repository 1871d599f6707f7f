"""Serving a page. One query finds the page; Wagtail's own router takes six."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from communities import freshness
from pages import landing
from pages.models import HomePage


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view with the route already found, restrictions and hooks included."""
    found = find(path)
    if found is None and (address := landing.new_address(path, request)):
        return HttpResponseRedirect(address)
    routed: Any = request
    routed._wagtail_site = freshness.kept("site", lambda: Site.find_for_request(request))
    routed._wagtail_route_for_request = RouteResult(found) if found else None
    return wagtail_views.serve(request, path)


def find(path: str) -> Page | None:
    """The live page at `path` in the tree of the reader's language."""
    root = root_path(get_language() or settings.LANGUAGE_CODE)
    if root is None:
        return None
    if not path:
        return HomePage.objects.live().filter(url_path=root).first()
    return Page.objects.live().filter(url_path=root + path).specific().first()


def root_path(language: str) -> str | None:
    """`/home-fr/` for "fr"; Wagtail keeps the few rows in the cache."""
    for known in Site.get_site_root_paths():
        if known.language_code == language:
            return known.root_path
    return None
