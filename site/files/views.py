"""The one way out of the private store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from files.models import StoredFile
from files.ranges import Span, Unsatisfiable, span_of
from files.readers import may_read

BLOCK: Final = 64 * 1024  # bytes
# A file is looked at, never run: no script, no form, no request, an origin of its own.
POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def stored_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Unknown, forbidden, under a wrong name, gone from the disk: the ordinary 404, all the same."""
    stored = StoredFile.objects.filter(token=token, name=name).first()
    if stored is None or not may_read(request.user, stored):
        raise Http404
    if not stored.content.storage.exists(stored.content.name or ""):
        raise Http404
    try:
        span = _wanted(request, stored)
    except Unsatisfiable:
        return _with_headers(
            HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"}), stored
        )
    return _with_headers(_answer(request, stored, span), stored)


def etag(stored: StoredFile) -> str:
    """A kept file never changes, so its own name says all."""
    return f'"{stored.token}"'


def _wanted(request: HttpRequest, stored: StoredFile) -> Span | None:
    """RFC 9110, 14.2: for GET alone, and with If-Range only while it is still the same file."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header or request.headers.get("If-Range", etag(stored)) != etag(stored):
        return None
    return span_of(header, stored.size)


def _answer(request: HttpRequest, stored: StoredFile, span: Span | None) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(stored.size)})
    part = span or Span(0, stored.size - 1)
    response = StreamingHttpResponse(_blocks(stored, part), status=206 if span else 200)
    response["Content-Length"] = str(part.length)
    if span:
        response["Content-Range"] = f"bytes {span.first}-{span.last}/{stored.size}"
    return response


def _blocks(stored: StoredFile, part: Span) -> Iterator[bytes]:
    """Opens the file with the first block asked for, so that an answer nobody reads holds nothing open."""
    with stored.content.open("rb") as content:
        content.seek(part.first)
        left = part.length
        while left > 0 and (block := content.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _with_headers(response: HttpResponseBase, stored: StoredFile) -> HttpResponseBase:
    response["Content-Type"] = stored.content_type
    response["Content-Disposition"] = disposition(stored)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag(stored)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(stored: StoredFile) -> str:
    """Pictures are shown, all else is saved. The name as RFC 5987 writes it, so that any script fits in."""
    return f"{'inline' if stored.is_image else 'attachment'}; filename*=UTF-8''{quote(stored.name, safe='')}"
