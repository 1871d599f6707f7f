"""Serving a page, and the sitemap. One query finds the page; Wagtail's own router takes six."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from news.public_page import PublicPageQuerySet
from pages import landing
from pages.models import SpacePage


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view with the route already found, restrictions and hooks included."""
    found = find(path)
    if found is None and (address := landing.new_address(path, request)):
        return HttpResponseRedirect(address)
    routed: Any = request
    routed._wagtail_route_for_request = RouteResult(found) if found else None
    return wagtail_views.serve(request, path)


def find(path: str) -> Page | None:
    """The live page at `path` in the tree of the reader's language."""
    root = root_path(get_language() or settings.LANGUAGE_CODE)
    if root is None:
        return None
    return Page.objects.live().filter(url_path=root + path).specific().first()


def root_path(language: str) -> str | None:
    """`/home-fr/` for "fr"; Wagtail keeps the few rows in the cache."""
    for known in Site.get_site_root_paths():
        if known.language_code == language:
            return known.root_path
    return None


@dataclass
class Entry:
    """One address of the sitemap with the same page in every language, itself included."""

    location: str
    changed: datetime | None
    alternates: list[tuple[str, str]] = field(default_factory=list)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Only what a visitor may read; no stand-ins. `x-default` is the site's own default, else the oldest."""
    return render(request, "pages/sitemap.xml", {"entries": entries()}, content_type="application/xml")


def entries() -> list[Entry]:
    by_page: dict[object, list[tuple[str, Entry]]] = defaultdict(list)
    roots = {known.language_code: known.root_path for known in Site.get_site_root_paths()}
    for key, code, url_path, changed in public_rows():
        if code in roots and url_path.startswith(roots[code]):
            location = f"{settings.BASE_URL}/{code}/{url_path.removeprefix(roots[code])}"
            by_page[key].append((code, Entry(location, changed)))
    for group in by_page.values():
        alternates = [(code, entry.location) for code, entry in group]
        default = dict(alternates).get(settings.LANGUAGE_CODE, alternates[0][1])
        for _code, entry in group:
            entry.alternates = [*alternates, ("x-default", default)]
    return [entry for group in by_page.values() for _code, entry in group]


def public_rows() -> list[tuple[object, str, str, datetime | None]]:
    from django.contrib.auth.models import AnonymousUser

    unknown = SpacePage.objects.exclude(pk__in=SpacePage.objects.known_to(AnonymousUser()).values("pk"))
    pages = PublicPageQuerySet(Page).open_to_all().filter(alias_of=None, depth__gt=1)
    rows = pages.exclude(pk__in=unknown.values("pk")).order_by("pk")
    return list(rows.values_list("translation_key", "locale__language_code", "url_path", "last_published_at"))
