"""The sitemap: what a visitor may read, in every language it is written in; no stand-ins.

One file while it may be one; else an index of files per language (the protocol's limit is 50,000 addresses).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from events.models import Event
from news.public_page import PublicPageQuerySet
from pages.models import SpacePage

MOST: Final = 50_000


@dataclass
class Entry:
    """One address with the same page in every language, itself included."""

    language: str
    location: str
    changed: datetime | None
    alternates: list[tuple[str, str]] = field(default_factory=list)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    found = entries()
    if len(found) <= MOST:
        return _answer(request, "pages/sitemap.xml", entries=found)
    counts: dict[str, int] = defaultdict(int)
    for entry in found:
        counts[entry.language] += 1
    parts = [(code, part) for code, total in counts.items() for part in range(1, -(-total // MOST) + 1)]
    addresses = [settings.BASE_URL + reverse("sitemap_part", args=part) for part in parts]
    return _answer(request, "pages/sitemap_index.xml", addresses=addresses)


@require_safe
def sitemap_part(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """404 for a part that the index does not name."""
    found = [entry for entry in entries() if entry.language == code][(part - 1) * MOST : part * MOST]
    if not found or part < 1:
        raise Http404
    return _answer(request, "pages/sitemap.xml", entries=found)


def _answer(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


def entries() -> list[Entry]:
    return [*_linked(_pages()), *_linked(_events()), *_linked([_list_of_events()])]


def _linked(groups: Iterable[list[Entry]]) -> Iterable[Entry]:
    """`x-default`: the site's own default language, else the oldest."""
    for group in groups:
        alternates = [(entry.language, entry.location) for entry in group]
        default = dict(alternates).get(settings.LANGUAGE_CODE, alternates[0][1])
        for entry in group:
            entry.alternates = [*alternates, ("x-default", default)]
            yield entry


def _pages() -> Iterable[list[Entry]]:
    by_page: dict[object, list[Entry]] = defaultdict(list)
    roots = {known.language_code: known.root_path for known in Site.get_site_root_paths()}
    for key, code, url_path, changed in public_rows():
        if code in roots and url_path.startswith(roots[code]):
            location = f"{settings.BASE_URL}/{code}/{url_path.removeprefix(roots[code])}"
            by_page[key].append(Entry(code, location, changed))
    return by_page.values()


def public_rows() -> list[tuple[object, str, str, datetime | None]]:
    unknown = SpacePage.objects.exclude(pk__in=SpacePage.objects.known_to(AnonymousUser()).values("pk"))
    pages = PublicPageQuerySet(Page).open_to_all().filter(alias_of=None, depth__gt=1)
    rows = pages.exclude(pk__in=unknown.values("pk")).order_by("pk")
    return list(rows.values_list("translation_key", "locale__language_code", "url_path", "last_published_at"))


def _events() -> Iterable[list[Entry]]:
    """Those open to everyone, in the languages that they have words in."""
    by_event: dict[str, list[Entry]] = defaultdict(list)
    rows = Event.objects.open_to_everyone().order_by("pk", "texts__pk")
    for slug, code, changed in rows.values_list("slug", "texts__language", "updated_at"):
        if code:
            by_event[slug].append(Entry(code, _event_address(code, slug), changed))
    return by_event.values()


def _event_address(code: str, slug: str) -> str:
    return f"{settings.BASE_URL}/{code}/events/{slug}/"


def _list_of_events() -> list[Entry]:
    return [Entry(code, f"{settings.BASE_URL}/{code}/events/", None) for code, _name in settings.LANGUAGES]
