"""What holds for every request: a request id, readable bytes, caching headers, time zone, the CMS's door."""

from __future__ import annotations

import logging
import re
import secrets
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict

from communities import time_zones
from communities.permissions import in_network
from communities.tricks import without_tricks
from config.errors import not_found
from config.logs import request_id, shortened, without_tokens
from config.robots import NOT_FOR_ROBOTS
from pages import page_cache
from pages.page_cache import PUBLIC

log = logging.getLogger("request")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestIdMiddleware:
    """One line a request: method, path without its query, status, milliseconds, a shortened address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = request_id.set(secrets.token_hex(6))
        started = monotonic()
        try:
            response = self.get_response(request)
            log.info(
                "%s %s %s %dms %s",
                request.method,
                loggable(request.path),
                response.status_code,
                (monotonic() - started) * 1000,
                shortened(request.META.get("REMOTE_ADDR", "")),
            )
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


def loggable(path: str) -> str:
    return without_tokens(path)[:200].replace("\n", " ").replace("\r", " ")


# Django has decoded the path already, and writes bytes that are no UTF-8 as `%E9` into it.
_LEFT_ESCAPED = re.compile(r"%[89A-F][0-9A-F]")


class UnreadableRequestMiddleware:
    """A null byte or broken UTF-8 anywhere in a request is a 404, before any room sees it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self.is_unreadable(request):
            return not_found(request)
        return self.get_response(request)

    def is_unreadable(self, request: HttpRequest) -> bool:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " "))
        broken = "\0" in request.path_info or _LEFT_ESCAPED.search(request.path_info)
        return bool(broken) or not is_text(query) or self.has_unreadable_form(request)

    def has_unreadable_form(self, request: HttpRequest) -> bool:
        """Only small plain forms are read here; uploads and long bodies are parsed by the view's own limits."""
        if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
            return False
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return False
        return not is_text(unquote_to_bytes(request.body.replace(b"+", b" ")))

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """What must be parsed before it can be judged. In forms with files Django has put U+FFFD where bytes were no
        UTF-8."""
        if is_cut_short(request):
            raise BadRequest("the body ends before its Content-Length")
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return None
        texts = [name + text for name, values in request.POST.lists() for text in values]
        names = [file.name or "" for _name, files in request.FILES.lists() for file in files]
        unreadable = any("\0" in text or "\ufffd" in text for text in texts + names)
        return not_found(request) if unreadable else None


FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def is_cut_short(request: HttpRequest) -> bool:
    """A line that broke while the form was under way: Django takes what has come for the whole, and half a sentence
    would be published."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if request.method != "POST" or request.content_type not in FORMS or not said.isdigit():
        return False
    with suppress(UnreadablePostError):
        request.POST  # noqa: B018 -- reads it
        # Forms with files are read from the stream and not kept.
        came = len(request.body) if hasattr(request, "_body") else getattr(request, "_stream")._pos  # noqa: B009
        return bool(came < int(said))
    return False


class TricksMiddleware:
    """What people type, in whichever form, holds nothing that makes it look other than it is (communities/tricks.py).

    Editors are left alone: they set text in other people's words, and what they publish is read by somebody first.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if request.method != "POST" or request.path.startswith("/cms/"):
            return
        with suppress(UnreadablePostError):
            typed = dict(request.POST.lists())
            clean = {name: [without_tricks(text) for text in texts] for name, texts in typed.items()}
            if clean != typed:
                again = QueryDict(mutable=True, encoding=request.POST.encoding)
                again.update(MultiValueDict(clean))  # type: ignore[arg-type]
                request.POST = again  # type: ignore[assignment]


def is_text(raw: bytes) -> bool:
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


class CompressionMiddleware(GZipMiddleware):
    """Compressed answers, also in development. Its random padding answers BREACH (CVE-2013-3587)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # Whoever takes ranges counts bytes of the file itself; and pictures are compressed already.
        if "Accept-Ranges" in response:
            return response
        return super().process_response(request, response)


class CachingHeadersMiddleware:
    """The one place that decides who may keep an answer (access.md, "caches")."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            # Error pages and pages of signed-in people look alike here, so that a header tells nothing.
            public = page_cache.is_public(request, response)
            response["Cache-Control"] = PUBLIC if public else "private, no-store"
        if response["Cache-Control"] == PUBLIC:
            patch_vary_headers(response, ["Cookie"])
        elif "immutable" not in response["Cache-Control"]:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if response.status_code >= 400 or request.path.startswith(NOT_FOR_ROBOTS):
            response["X-Robots-Tag"] = "noindex"
        return response


class TimeZoneMiddleware:
    """The person's own zone, else what the browser said (cookie `tz`), else the site's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(self.zone_of(request)):
            return self.get_response(request)

    def zone_of(self, request: HttpRequest) -> zoneinfo.ZoneInfo | None:
        own = (
            getattr(request.user, "time_zone", "") if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
        )
        for name in (own, request.COOKIES.get("tz", "")):
            if name in time_zones.accepted():
                return zoneinfo.ZoneInfo(name)
        return None


class CmsDoorMiddleware:
    """/cms/ for a signed-in person without CMS rights: 403 in words. Wagtail would bounce them for ever."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/cms/"):
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?next={request.path}")
            if not (in_network(request.user) and request.user.has_perm("wagtailadmin.access_admin")):
                return self.refuse(request)
            # Its addresses carry no language: the person's own, unless they chose another one in the CMS.
            with translation.override(request.user.language):
                return self.get_response(request)
        return self.get_response(request)

    def refuse(self, request: HttpRequest) -> HttpResponse:
        from django.utils.translation import gettext as _

        reason = _("This part of the site is for editors and translators.")
        return render(request, "403.html", {"reason": reason}, status=403)
