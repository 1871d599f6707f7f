"""What editors have set for the whole site. Kept beside the public pages: drawing one asks no database."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches

from communities import freshness
from news.comments.models import CommentSettings


@dataclass(frozen=True, slots=True)
class Options:
    visitors_may_comment: bool = False
    close_after_days: int = 0


def options() -> Options:
    if freshness.is_pending():
        return _read()
    key = f"comments:{freshness.current()}"
    kept: Options | None = caches[freshness.CACHE].get(key)
    if kept is None:
        kept = _read()
        caches[freshness.CACHE].set(key, kept)
    return kept


def _read() -> Options:
    row = CommentSettings.objects.filter(site__is_default_site=True).first()
    return Options(row.visitors_may_comment, row.close_after_days) if row else Options()
