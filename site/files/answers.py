"""A file as an answer: whole, in part, unchanged, or its headers alone (RFC 9110). Who may have it is asked before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from files.ranges import Span, Unsatisfiable, span_of

BLOCK: Final = 64 * 1024  # bytes
# A file is looked at, never run: no script, no form, no request, an origin of its own.
POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Browsers show a PDF with a program of their own, which starts in no sandbox.
PDF_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Served:
    """`etag` in its quotation marks; `open_` gives the bytes from the beginning."""

    name: str
    content_type: str
    size: int
    etag: str
    open_: Callable[[], IO[bytes] | Any]
    is_shown: bool
    cache_control: str


def answer(request: HttpRequest, served: Served) -> HttpResponseBase:
    if _is_known_already(request, served):
        return with_headers(HttpResponse(status=304), served)
    try:
        span = _wanted(request, served)
    except Unsatisfiable:
        nothing = HttpResponse(status=416, headers={"Content-Range": f"bytes */{served.size}"})
        return with_headers(nothing, served)
    return with_headers(_bytes(request, served, span), served)


def _is_known_already(request: HttpRequest, served: Served) -> bool:
    """RFC 9110, 13.1.2; a comparison that does not mind `W/`. What may not be kept is never unchanged."""
    if "no-store" in served.cache_control:
        return False
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return served.etag in known or known == ["*"]


def _wanted(request: HttpRequest, served: Served) -> Span | None:
    """RFC 9110, 14.2: for GET alone, and with If-Range only while it is still the same file."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header or request.headers.get("If-Range", served.etag) != served.etag:
        return None
    return span_of(header, served.size)


def _bytes(request: HttpRequest, served: Served, span: Span | None) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(served.size)})
    part = span or Span(0, served.size - 1)
    response = StreamingHttpResponse(_blocks(served, part), status=206 if span else 200)
    response["Content-Length"] = str(part.length)
    if span:
        response["Content-Range"] = f"bytes {span.first}-{span.last}/{served.size}"
    return response


def _blocks(served: Served, part: Span) -> Iterator[bytes]:
    """Opens the file with the first block asked for, so that an answer nobody reads holds nothing open."""
    with served.open_() as content:
        content.seek(part.first)
        left = part.length
        while left > 0 and (block := content.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def with_headers(response: HttpResponseBase, served: Served) -> HttpResponseBase:
    response["Content-Type"] = served.content_type
    response["Content-Disposition"] = disposition(served.name, is_shown=served.is_shown)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = served.etag
    response["Cache-Control"] = served.cache_control
    response["X-Content-Type-Options"] = "nosniff"
    is_pdf = served.content_type == "application/pdf"
    response["Content-Security-Policy"] = PDF_POLICY if is_pdf else POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(name: str, *, is_shown: bool) -> str:
    """The name as RFC 8187 writes it, so that any script fits in."""
    return f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
