"""Rendered public pages, kept for readers who are not signed in, under `communities.freshness`.

Three things must all be true before an answer is kept: the request carried nothing of a person (no session, no
message waiting, no Authorization), its view is one of `KEPT`, and the answer itself shows no trace of a person.
Everything that may differ in an answer is part of its name: path, known parameters, time zone, scheme. The rest of
the request is taken away before anybody reads it (`Question.simplify`), so that nothing of one reader's address can
be echoed to the next.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from wagtail.contrib.frontend_cache.backends import BaseBackend

from communities import freshness, time_zones
from events.models import Event

# Browsers and caches in between may keep it and must ask each time: what is withdrawn is gone at once.
PUBLIC: Final = "public, max-age=0, must-revalidate"
FACETS: Final = frozenset({"theme", "kind", "country", "language", "year", "sort"})
# View -> the parameters that it knows. Whatever else is asked for is answered, and not kept.
KEPT: Final[dict[str, frozenset[str]]] = {
    "wagtail_serve": FACETS | {"page"},
    "events:events": frozenset({"page", "when"}),
    "events:event": frozenset(),
    "news_feed": frozenset(),
    "news_theme_feed": frozenset(),
    "sitemap": frozenset(),
    "comments:comments": frozenset({"page"}),
    "sitemap_part": frozenset(),
    "resource_feed": FACETS,
}
PARAMETERS: Final = frozenset().union(*KEPT.values())
# What others hang on to our addresses to follow readers about. Dropped before it could reach a link of ours.
TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_eid|mc_cid|igshid|_ga")
LONGEST: Final = timedelta(minutes=10)
# Facets combine without end: what few ask for must not push out what everybody does.
MOST_PARAMETERS: Final = 2
LONGEST_QUERY: Final = 200
OF_A_PERSON: Final = (settings.SESSION_COOKIE_NAME, "messages")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether everybody who is not signed in would get this very answer."""
    match = request.resolver_match
    return (
        match is not None
        and match.view_name in KEPT
        and response.status_code == 200
        and request.method in ("GET", "HEAD")
        and not is_of_a_person(request)
        and not has_traces_of_a_person(request, response)
    )


def is_of_a_person(request: HttpRequest) -> bool:
    """By what was sent: nobody has been looked up yet."""
    return "Authorization" in request.headers or any(name in request.COOKIES for name in OF_A_PERSON)


def has_traces_of_a_person(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Braces to that belt: by what was done while the answer was made."""
    session = getattr(request, "session", None)
    return (
        bool(response.cookies)
        or response.streaming
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        or "'nonce-" in response.get("Content-Security-Policy", "")
        or getattr(request, "user", AnonymousUser()).is_authenticated
        or (session is not None and (session.modified or not session.is_empty()))
    )


class PageCacheMiddleware:
    """Answers from what is kept; keeps what may be; 304 for whoever has it already."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        question = Question.of(request)
        if question is None:
            return self.get_response(request)
        question.simplify()
        kept = caches[freshness.CACHE].get(question.name) if question.may_be_kept else None
        return kept.answer(request) if kept else self.fresh(request, question)

    def fresh(self, request: HttpRequest, question: Question) -> HttpResponseBase:
        response = self.get_response(request)
        if response.get("Cache-Control") != PUBLIC or not isinstance(response, HttpResponse):
            return response
        packed = Packed.of(response)
        # A view may answer HEAD with no body at all.
        if request.method == "GET" and question.is_known_to(request):
            caches[freshness.CACHE].set(question.name, packed, timeout=seconds_to_keep(question.word))
        return packed.answer(request)


class Question:
    """What a reader without a session asks for, and under which name its answer is kept."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        query = request.META.get("QUERY_STRING", "")
        self.pairs = sorted(
            (name, value)
            for name, value in parse_qsl(query[: LONGEST_QUERY * 10], keep_blank_values=True)
            if not TRACKING.fullmatch(name)
        )
        self.is_simple = len(query) <= LONGEST_QUERY and self.names <= PARAMETERS
        self.may_be_kept = self.is_simple and not freshness.is_pending()
        # Read before anything is rendered: what is rendered from an older state is then never found again.
        self.word = freshness.current() if self.may_be_kept else ""

    @classmethod
    def of(cls, request: HttpRequest) -> Question | None:
        """None: not for this cache. Raises DisallowedHost, as every page of ours does."""
        if request.method not in ("GET", "HEAD") or is_of_a_person(request) or not _is_below(request.path):
            return None
        request.get_host()
        return cls(request)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _value in self.pairs)

    def simplify(self) -> None:
        """One order, one spelling, no tracking: pages write their own address into links."""
        query = self.request.META.get("QUERY_STRING", "")
        if query and len(query) <= LONGEST_QUERY:
            self.request.META["QUERY_STRING"] = urlencode(self.pairs)

    @property
    def name(self) -> str:
        zone = self.request.COOKIES.get("tz", "")
        facts = (
            self.word,
            self.request.scheme,
            self.request.path,
            self.pairs,
            zone if zone in time_zones.accepted() else "",
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    def is_known_to(self, request: HttpRequest) -> bool:
        """Asked once the view is known: its own parameters alone, each once."""
        match = request.resolver_match
        names = [name for name, _value in self.pairs]
        return (
            self.may_be_kept
            and match is not None
            and set(names) <= KEPT[match.view_name]
            and len(names) == len(set(names)) <= MOST_PARAMETERS
        )


def _is_below(path: str) -> bool:
    """Our public pages stand below a language; everything else is spared the questions."""
    first = path[1:].partition("/")[0]
    return first in LANGUAGES or first.startswith("sitemap")


LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Packed:
    """An answer as it is kept: headers, and its body as the two encodings browsers ask for."""

    headers: dict[str, str]
    gzipped: bytes
    brotlied: bytes
    tag: str

    @classmethod
    def of(cls, response: HttpResponse) -> Packed:
        body = response.content
        headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
        return cls(
            headers=headers,
            gzipped=gzip.compress(body, 6, mtime=0),
            brotlied=brotli.compress(body, quality=5),
            # Weak: the same words, whatever the encoding.
            tag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
        )

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        body, encoding = self.encoded(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(body))
        response["ETag"] = self.tag
        patch_vary_headers(response, ["Accept-Encoding"])
        return get_conditional_response(request, etag=self.tag, response=response) or response

    def encoded(self, accept: str) -> tuple[bytes, str]:
        if _ACCEPTS_BROTLI.search(accept):
            return self.brotlied, "br"
        if _ACCEPTS_GZIP.search(accept):
            return self.gzipped, "gzip"
        return gzip.decompress(self.gzipped), ""


_ACCEPTS_BROTLI: Final = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_ACCEPTS_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


def seconds_to_keep(word: str) -> int:
    """Ten minutes, or until the next public event is over: pages say what is coming."""
    now = timezone.now()
    end = _next_end(word, now)
    left = min(end - now, LONGEST) if end else LONGEST
    return max(1, int(left.total_seconds()))


def _next_end(word: str, now: datetime) -> datetime | None:
    """One query for each state of the site, and another once that moment has passed."""
    kept = caches[freshness.CACHE].get(f"{word}-next-end")
    if kept is not None and (kept[0] is None or kept[0] > now):
        return kept[0]
    ends = Event.objects.visible_to(AnonymousUser()).filter(ends_at__gt=now).order_by("ends_at")
    found: datetime | None = ends.values_list("ends_at", flat=True).first()
    caches[freshness.CACHE].set(f"{word}-next-end", (found,), timeout=LONGEST.total_seconds())
    return found


class ClearingBackend(BaseBackend):
    """Wagtail's front-end cache hooks end here. One word for all pages: lists and menus show them too."""

    def purge(self, url: Any) -> None:
        freshness.changed()

    def purge_batch(self, urls: Any) -> None:
        freshness.changed()
