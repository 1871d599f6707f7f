"""Small answers that belong to no room: health, robots, the front door."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language: the person's own, else the browser's."""
    own = request.user.language if request.user.is_authenticated else ""
    return redirect(f"/{own or get_language() or settings.LANGUAGE_CODE}/")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Rooms for people only are not for robots; it names no space."""
    closed = [
        "/cms/",
        "/files/",
        *(f"/{code}/{room}/" for code, _name in settings.LANGUAGES for room in ROOMS),
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


ROOMS = ("account", "feed", "notifications", "people", "search", "staff")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. `Expires` is the end of next year's first quarter, renewed by every restart."""
    from django.utils import timezone

    expires = f"{timezone.now().year + 1}-03-31T00:00:00Z"
    lines = [
        f"Contact: {settings.BASE_URL}/en/contact/",
        f"Expires: {expires}",
        "Preferred-Languages: en, fr, ar, nl",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            "name": settings.SITE_NAME,
            "short_name": "ExPEERience",
            "start_url": "/",
            "display": "browser",
            "background_color": "#fcf9f2",
            "theme_color": "#095153",
            "icons": [{"src": static("icons/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("icons/mark.svg"), permanent=True)


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Re-encoded pictures of the public pages. Originals keep their metadata and have no address at all."""
    store = storages["renditions"]
    if ".." in name or not store.exists(name):
        raise Http404
    response = FileResponse(store.open(name))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def one_door(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Wagtail's own sign-in, sign-out and reset pages lead to the one sign-in view."""
    if "logout" in request.path:
        return redirect("account_logout")
    wanted = request.GET.get("next", "")
    query = (
        f"?{urlencode({'next': wanted})}" if wanted.startswith("/") and not wanted.startswith("//") else ""
    )
    return redirect(reverse("account_login") + query)
