"""The pages for what went wrong: in the reader's language, with nothing of the request but its own address.

A page for a thing that may not be known is the page for a thing that is not there, byte for byte
(access.md, "How a refusal looks"): that is why nothing here asks what the address would have led to.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string, select_template
from django.utils.translation import get_language_from_request, override

from config.context import LanguageLinks, sign_in_and_back
from config.context import page as page_context
from pages.frame.reading import kept_frame
from profiles.sessions import keeping

# Seconds after which a machine may try again.
RETRY_AFTER: Final = {429: 60, 503: 120}
WAYS_OUT: Final = frozenset(f"/{code}/exit/" for code, _name in settings.LANGUAGES)
# What only Django's pages for developers say.
TECHNICAL: Final = b"<code>DEBUG = True</code>"
STATIC_500: Final = Path(__file__).resolve().parents[1] / "templates" / "500.html"


def answer(request: HttpRequest, status: int, *templates: str, **context: Any) -> HttpResponse:
    """Also fit for the middlewares that answer before a language is chosen or a person is known."""
    with override(_language_of(request)):
        body = select_template(templates).render(_plain(request) | context, request)
    response = HttpResponse(body, status=status)
    if status in RETRY_AFTER:
        response["Retry-After"] = str(RETRY_AFTER[status])
    return response


def _language_of(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request, check_path=True)


def _plain(request: HttpRequest) -> dict[str, Any]:
    """Over what the context processor says: a CMS page behind the address must not show in its links."""
    language = _language_of(request)
    around = kept_frame()
    readable = "\0" not in request.path and "\ufffd" not in request.path
    return {
        "signin_url": sign_in_and_back(request) if readable else page_context(request)["signin_url"],
        "language_links": LanguageLinks(request, language, of_address=True),
        "section": "",
        # An error may be the database's own: menus as they are kept, else as the site comes.
        "frame": around,
        "site_name": around.name,
    }


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django hands over-long bodies here too, as one more suspicious request."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return answer(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason stands in words where the refusal has one (`communities.permissions.Refused`)."""
    reason = getattr(exception, "reason", "")
    space = getattr(exception, "space", None)
    if space is not None and getattr(exception, "action", "") == "read":
        return answer(request, 403, "communities/space_refused.html", "403.html", reason=reason, space=space)
    return answer(request, 403, "403.html", reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`reason` is Django's, for developers: it is not shown. What somebody signed in had typed is kept for them."""
    user = getattr(request, "user", None)
    kept = keeping.read(request) if user is not None and user.is_authenticated else None
    if kept is None or not kept.has_words:
        return answer(request, 403, "403_csrf.html")
    response = answer(request, 403, "403_csrf.html", kept=True)
    keeping.set_on(response, keeping.seal(kept, user.pk if user else None))
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404, "404.html")


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 413, "413.html", limit=settings.MAX_UPLOAD_BYTES)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`exception.wait`: in how many seconds it is worth another try."""
    seconds = getattr(exception, "wait", RETRY_AFTER[429])
    response = answer(request, 429, "429.html", minutes=max(1, -(-seconds // 60)))
    response["Retry-After"] = str(seconds)
    return response


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The database may be what is missing: nobody is looked up, nothing is read from the session.

    Whoever wants to leave this site leaves all the same.
    """
    if request.path in WAYS_OUT:
        return HttpResponseRedirect(settings.QUICK_EXIT_URL, headers={"Referrer-Policy": "no-referrer"})
    with override(_language_of(request)):
        context = page_context(request) | _plain(request) | {"user": AnonymousUser(), "may_edit": False}
        response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER[503])
    return response


# Of SQLite's codes those that pass: busy, locked, out of memory, read-only, disk, full, cannot open.
PASSING: Final = frozenset({5, 6, 7, 8, 10, 13, 14})


def is_database_away(error: BaseException | None) -> bool:
    """Not to be reached, or busy for too long. A wrong statement is an error of ours, and stays one."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # SQLite's first byte is the kind of error, the rest tells it apart further.
    return code is None or code & 0xFF in PASSING


class OrdinaryErrorsMiddleware:
    """In development too a stranger gets the ordinary page: Django's own there names rooms and reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code in (400, 404) and isinstance(response, HttpResponse):
            return self.ordinary(request, response)
        return response

    def ordinary(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if TECHNICAL not in response.content:
            return response
        if response.status_code == 404:
            return not_found(request)
        return too_large(request) if b"RequestDataTooBig" in response.content else bad_request(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """A file, word for word: neither database nor context nor template engine.

    Where the database is what is missing, the page that says so, and when to come back.
    """
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return HttpResponse(STATIC_500.read_bytes(), status=500, content_type="text/html; charset=utf-8")
