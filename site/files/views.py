"""The one way out of the private store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from files.answers import Served, answer
from files.handing import handed_over
from files.models import StoredFile
from files.readers import may_read


@require_safe
def stored_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Unknown, forbidden, under a wrong name, gone from the disk: the ordinary 404, all the same."""
    stored = _stored_or_404(request, token, name)
    return _answer(request, stored, stored.content.name or "", _served(stored))


@require_safe
def stored_small(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """What a page shows of a picture. Whoever may read the file may read this, and nobody else."""
    stored = _stored_or_404(request, token, name)
    if not stored.has_small:
        raise Http404
    small = replace(
        _served(stored),
        name=f"{PurePosixPath(stored.name).stem}.webp",
        content_type="image/webp",
        size=stored.small_size or 0,
        etag=f'"{stored.token}.small"',
        open_=lambda: stored.content.storage.open(stored.small_name, "rb"),
    )
    return _answer(request, stored, stored.small_name, small)


def _stored_or_404(request: HttpRequest, token: str, name: str) -> StoredFile:
    stored = StoredFile.objects.filter(token=token, name=name).first()
    if stored is None or not may_read(request.user, stored):
        raise Http404
    return stored


def _answer(request: HttpRequest, stored: StoredFile, place: str, served: Served) -> HttpResponseBase:
    storage = stored.content.storage
    if not storage.exists(place):
        raise Http404
    return handed_over(request, storage, place, served) or answer(request, served)


def _served(stored: StoredFile) -> Served:
    return Served(
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        etag=f'"{stored.token}"',  # a kept file never changes, so its own name says all
        open_=lambda: stored.content.open("rb"),
        is_shown=stored.is_image,  # pictures are shown; all else is saved, originals always
        cache_control="private, no-store",
    )
