"""The one way out of the private store."""

from __future__ import annotations

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
    stored = StoredFile.objects.filter(token=token, name=name).first()
    if stored is None or not may_read(request.user, stored):
        raise Http404
    if not stored.content.storage.exists(stored.content.name or ""):
        raise Http404
    served = _served(stored)
    return handed_over(request, stored, served) or answer(request, served)


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
