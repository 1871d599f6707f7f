"""Small answers that belong to no room: health, robots, the front door."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import storages
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pages.frame.reading import frame


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
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It ends with the fifth month from now: valid for less than a year, and always in the future."""
    months = timezone.now().year * 12 + timezone.now().month + 5
    contacts = settings.SECURITY_CONTACTS or [f"{settings.BASE_URL}/en/contact/"]
    lines = [
        *(f"Contact: {address}" for address in contacts),
        f"Expires: {months // 12}-{months % 12 + 1:02}-01T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    around = frame()
    return JsonResponse(
        {
            "name": around.name,
            "short_name": around.name if around.is_named else "ExPEERience",
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


@login_not_required
def one_door(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Wagtail's own sign-in, sign-out and reset pages lead to the one sign-in view."""
    if "logout" in request.path:
        return redirect("account_logout")
    wanted = request.GET.get("next", "")
    query = (
        f"?{urlencode({'next': wanted})}" if wanted.startswith("/") and not wanted.startswith("//") else ""
    )
    return redirect(reverse("account_login") + query)
