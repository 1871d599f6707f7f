"""At the door, for every request: whether a session is over, whether somebody tries too often, what a form without
a session gets.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_resolver, resolve, reverse

from profiles.sessions import keeping, life, listing
from profiles.sessions.devices import Device
from profiles.sessions.forms_back import as_get
from profiles.sessions.limits import GUARDS, Guard, Tries

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# W3C, Clear Site Data: pages, cookies and what scripts have kept of this site.
EVERYTHING: Final = '"cache", "cookies", "storage"'
# On a phone of one's own the cookie stays by which it is known: else each sign-in is told by mail as a new one.
NEARLY: Final = '"cache", "storage"'
# Where "this is a shared phone" can be ticked.
SIGN_IN: Final = frozenset({"account_login", "account_request_login_code", "mfa_login_webauthn"})
# Forms kept for visitors, counted like tries at a door.
KEPT: Final = Guard("kept")
_FORM: Final = re.compile(rb"<form(?![^>]*\sautocomplete=)")
_FILLED: Final = re.compile(rb'\sautocomplete="(?!off|one-time-code)[^"]*"')


class SessionLifeMiddleware:
    """Ends what was open for too long. No write per request: a note of the use a few times per idle period."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.session_owner = owner_of(request)  # type: ignore[attr-defined]
            self.end_or_touch(request)
        response = self.get_response(request)
        device: Device | None = getattr(request, "device_signed_in", None)
        if device is not None and not life.is_shared(request.session):
            device.set_on(response)
        shared: bool | None = getattr(request, "signed_out_of_shared", None)
        if shared is not None:
            response["Clear-Site-Data"] = EVERYTHING if shared else NEARLY
        return self.as_on_a_shared_phone(request, response)

    def end_or_touch(self, request: HttpRequest) -> None:
        session = request.session
        if life.is_over(session):
            listing.UserSession.objects.filter(session_key=session.session_key).delete()
            session.flush()
        elif life.touch(session):
            listing.seen(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The choice is kept over the steps that follow; not ticked, it is none."""
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in SIGN_IN:
            if request.POST.get("shared"):
                request.session[life.SHARED] = True
            elif life.SHARED in request.session:
                del request.session[life.SHARED]

    def as_on_a_shared_phone(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Browsers are told to fill in and to remember nothing. Any form of ours, whoever drew it."""
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
        if not is_known or not life.is_shared(request.session):
            return response
        if not request.session.get_expire_at_browser_close():
            request.session.set_expiry(0)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if isinstance(response, HttpResponse) and is_page:
            body = _FILLED.sub(b' autocomplete="off"', response.content)
            response.content = _FORM.sub(b'<form autocomplete="off"', body)
        return response


def owner_of(request: HttpRequest) -> Any:
    """The id of whose session this is or was, before anybody ends it; None where nobody can tell any more."""
    if SESSION_KEY in request.session:
        return request.session[SESSION_KEY]
    key = request.COOKIES[settings.SESSION_COOKIE_NAME][:40]
    if request.method != "POST":
        return None
    row = listing.UserSession.objects.filter(session_key=key).values_list("user_id", flat=True).first()
    if row is not None:
        return row
    ended = Session.objects.filter(session_key=key).first()
    return ended.get_decoded().get(SESSION_KEY) if ended else None


class LimitsMiddleware:
    """Counts before the view, and answers no earlier than the floor, so that an answer's hour says nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.monotonic()
        response = self.get_response(request)
        tries: Tries | None = getattr(request, "door_tries", None)
        if tries is not None:
            tries.settle(response)
            time.sleep(max(0.0, started + settings.ANSWER_FLOOR - time.monotonic()))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in GUARDS:
            return None
        tries = Tries.of(request, GUARDS[match.view_name])
        wait = tries.wait()
        request.door_tries = tries  # type: ignore[attr-defined]
        return too_many(request, wait) if wait else None


class TooMany(Exception):
    """`wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        self.wait = wait


def too_many(request: HttpRequest, wait: int) -> HttpResponseBase:
    handler: Any = get_resolver().resolve_error_handler(429)
    answer: HttpResponseBase = handler(request, TooMany(wait))
    return answer


class SealedFormsMiddleware:
    """A form without a session gets the sign-in page, whatever its address; what was typed is kept, sealed.

    Before the CSRF check and before any view: nothing of the address is asked. Views that visitors may send
    forms to say so with Django's `login_not_required`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request) if is_open(request) else sign_in_page(request)
        response = self.get_response(request)
        if keeping.COOKIE in request.COOKIES and response.status_code == 302:
            kept = keeping.open_for(request, request.user)
            if kept is not None and kept.address == request.get_full_path():
                keeping.throw_away(request, response)
        return response


def is_open(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return not getattr(view, "login_required", True)


def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    """The same bytes for the same form, whatever the address: drawn for the sign-in page's own."""
    kept = keeping.read(request)
    if kept is not None and not may_be_kept(request):
        kept = None
    back = f"next={reverse('account_sessions:kept')}" if kept else ""
    path = reverse("account_login")
    asked = as_get(request, path, back)
    asked.resolver_match = resolve(path)
    response = asked.resolver_match.func(asked)
    if hasattr(response, "render"):
        response.context_data["kept"] = kept is not None and kept.has_words
        response = response.render()
        response.status_code = 403
        # allauth's, with the second in it; config.middleware has the words for all of them.
        del response["Expires"], response["Cache-Control"]
    for name in ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE"):
        if name in asked.META:
            request.META[name] = asked.META[name]
    if kept is not None:
        keeping.set_on(response, keeping.seal(kept, getattr(request, "session_owner", None)))
    answer: HttpResponseBase = response
    return answer


def may_be_kept(request: HttpRequest) -> bool:
    """So many an hour from one network: nobody fills the table."""
    return Tries.of(request, KEPT).wait() == 0
