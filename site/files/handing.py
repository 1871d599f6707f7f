"""Once a reader may have it, somebody else may carry it: the web server in front, or the bucket itself.

`PRIVATE_SERVING`: "stream" sends the bytes through this process; "accel" tells nginx where they lie, by
X-Accel-Redirect; "signed" sends the reader to the bucket with an address that lives for a minute. Who may have it is
asked each time before, for parts of it and for its headers too.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from files.answers import Served, disposition, with_headers

# Long enough for a poor line to begin; who is put out of a space meanwhile has had the address for that long.
SIGNED_SECONDS: Final = 60


def handed_over(request: HttpRequest, storage: Any, name: str, served: Served) -> HttpResponseBase | None:
    """`name`: in the storage. None where this process answers itself."""
    if settings.PRIVATE_SERVING == "accel":
        response = HttpResponse(headers={"X-Accel-Redirect": _inside(storage, name, served)})
        return with_headers(response, served)
    # An address is signed for one method; the headers we know ourselves.
    if settings.PRIVATE_SERVING == "signed" and request.method == "GET":
        response = HttpResponse(status=302, headers={"Location": _signed(storage, name, served)})
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response
    return None


def _inside(storage: Any, name: str, served: Served) -> str:
    """Below the prefix that nginx keeps for itself; of a bucket, the signed address without its host."""
    if not hasattr(storage, "signed"):
        return settings.PRIVATE_ACCEL_PREFIX + quote(name)
    address = urlsplit(_signed(storage, name, served))
    return f"{settings.PRIVATE_ACCEL_PREFIX.rstrip('/')}{address.path}?{address.query}"


def _signed(storage: Any, name: str, served: Served) -> str:
    headers = {
        "Content-Type": served.content_type,
        "Content-Disposition": disposition(served.name, is_shown=served.is_shown),
        "Cache-Control": "private, no-store",
    }
    return str(storage.signed(name, SIGNED_SECONDS, headers))
