"""What robots are told to leave alone: rooms for people only. It names no space.

robots.txt asks them not to come, the header `X-Robots-Tag` not to list what they found all the same.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ROOMS: Final = ("account", "feed", "notifications", "people", "search", "staff")
NOT_FOR_ROBOTS: Final = (
    "/cms/",
    "/files/",
    *(f"/{code}/{room}/" for code, _name in settings.LANGUAGES for room in ROOMS),
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
