"""A form sent a second time with other words, or while the first sending is still on its way.

Every form with a key (communities/submissions.py) gets these two pages without doing anything for it. A room that
can show what came of the first sending answers SentBefore itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from communities.submissions import FIELD, SentBefore
from config import errors
from profiles.sessions.keeping import UNTYPED, is_secret

# SQLite's codes for another writer, and PostgreSQL's for a lock that was waited for too long.
SQLITE_BUSY: Final = frozenset({5, 6})
LOCK_NOT_AVAILABLE: Final = "55P03"
# Characters of all that is given back on the page.
MOST: Final = 100_000

Fields = list[tuple[str, str]]


class SentTwiceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if request.method != "POST" or FIELD not in request.POST:
            return None
        if isinstance(exception, SentBefore):
            return _again(request, 409, "sent_before.html", exception.fresh)
        if is_held_up(exception):
            return being_sent(request)
        return None


def is_held_up(error: BaseException) -> bool:
    """Another request holds what this one has to change, and did not let go in time."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    code = getattr(cause, "sqlite_errorcode", 0)
    return code & 0xFF in SQLITE_BUSY or getattr(cause, "sqlstate", "") == LOCK_NOT_AVAILABLE


def being_sent(request: HttpRequest) -> HttpResponseBase:
    """The same key goes along: sent again, it finds what came of the first, or takes its place."""
    return _again(request, 503, "being_sent.html", request.POST[FIELD])


def _again(request: HttpRequest, status: int, template: str, key: str) -> HttpResponseBase:
    fields = _fields(request)
    rest = [(name, value) for name, value in fields if not _is_typed(name, value)]
    typed = [(name, value) for name, value in fields if _is_typed(name, value)]
    # A new thing is `new/` below its list; else it stands where it was sent to (house.md, "Addresses").
    there = request.path.removesuffix("new/")
    context = {
        "rest": [*rest, (FIELD, key)],
        "typed": typed,
        "there": there,
        "had_files": bool(request.FILES),
    }
    return errors.answer(request, status, template, **context)


def _fields(request: HttpRequest) -> Fields:
    """What was sent, as far as anybody would type it: no key, no password."""
    found = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != FIELD and not is_secret(name)
    ]
    return found if sum(len(name) + len(value) for name, value in found) <= MOST else []


def _is_typed(name: str, value: str) -> bool:
    return name not in UNTYPED and (" " in value.strip() or "\n" in value)
