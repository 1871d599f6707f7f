"""The style sheet: one file per component on disk, one answer at /face.css, joined in memory.

The address carries a hash of the content, so that an answer may be kept for ever and a changed one is
fetched at once. Nothing is built before the site runs.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

CSS: Final = Path(__file__).resolve().parents[1] / "static" / "css"
# The layers are declared in tokens; print comes last, everything else in any order.
FIRST: Final = ("tokens", "base", "layout", "nav")
LAST: Final = ("print",)
ONE_YEAR: Final = 31_536_000  # seconds
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Sheet:
    """The joined style sheet as it is sent: plain, gzip, brotli."""

    plain: bytes
    gzipped: bytes
    brotlied: bytes
    version: str


def component_files() -> list[Path]:
    """Every css/*.css in the order in which they are joined."""
    named = [CSS / f"{name}.css" for name in (*FIRST, *LAST)]
    others = sorted(path for path in CSS.glob("*.css") if path not in named)
    return [*named[: len(FIRST)], *others, *named[len(FIRST) :]]


def joined() -> bytes:
    """Comments and indentation stay at home; nothing else is touched."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in component_files())
    return _INDENT.sub("\n", _COMMENT.sub("", text)).strip().encode()


@lru_cache(maxsize=1)
def _sheet(state: tuple[float, ...]) -> Sheet:
    plain = joined()
    return Sheet(
        plain=plain,
        gzipped=gzip.compress(plain, 9, mtime=0),
        brotlied=brotli.compress(plain, mode=brotli.MODE_TEXT),
        version=hashlib.sha256(plain).hexdigest()[:12],
    )


def sheet() -> Sheet:
    """Made once a process; in development again when a file has changed."""
    state = tuple(path.stat().st_mtime for path in component_files()) if settings.DEBUG else ()
    return _sheet(state)


def face_css() -> str:
    """The address of the style sheet as it is now."""
    return f"{reverse('face_css')}?v={sheet().version}"


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """Kept for ever under its own hash; under any other address asked again each time."""
    css = sheet()
    body, encoding = _accepted(css, request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    lasting = request.GET.get("v") == css.version
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable" if lasting else "public, no-cache"
    return response


def _accepted(css: Sheet, accept: str) -> tuple[bytes, str]:
    if re.search(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accept):
        return css.brotlied, "br"
    if re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accept):
        return css.gzipped, "gzip"
    return css.plain, ""
