"""The CMS's own content security policy: Wagtail needs inline scripts and styles, but no other host.

And a word for requests that its choosers stumble over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

log = logging.getLogger("pages.cms")

POLICY: Final = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


class CmsPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/cms/"):
            # A preview has been through the middlewares as the page it shows, and must show in the editor's frame.
            response.headers["Content-Security-Policy"] = POLICY
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Choosers of pages and links take for granted that their own script has written the request."""
        stumbled = isinstance(exception, AttributeError | TypeError | ValueError | NoReverseMatch)
        if not (stumbled and request.path.startswith("/cms/choose-")):
            return None
        log.warning("chooser: unreadable request", exc_info=exception)
        words = _("This request cannot be read. Open the window anew and choose again.")
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
