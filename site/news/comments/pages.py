"""The page behind its comments: found by the key its translations share, in the language somebody reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page

from news.comments.closing import CommentedPage
from news.comments.querysets import open_pages


def page_types() -> list[type[CommentedPage]]:
    """Every page type that takes comments."""
    return [model for model in apps.get_models() if issubclass(model, CommentedPage)]


def is_commented(content_type: ContentType) -> bool:
    return content_type.model_class() in page_types()


def open_page(key: UUID, language: str | None = None) -> CommentedPage:
    """The page in that language (the reader's without one), else where it was written, else anywhere.

    Raises Http404 for what is not live, not open to all, or takes no comments.
    """
    rows = list(open_pages().filter(translation_key=key).select_related("locale"))
    if not rows:
        raise Http404
    wanted = (language or get_language(),)
    found = sorted(
        rows, key=lambda page: (page.locale.language_code not in wanted, page.alias_of_id or 0, page.pk)
    )
    page = found[0].specific
    if not isinstance(page, CommentedPage):
        raise Http404
    return page


def source_of(page: CommentedPage) -> CommentedPage:
    """The page that was written first: comments hang on it, and its word on closing them counts."""
    if not page.alias_of_id and page.locale.language_code == page.source_language:
        return page
    rows = type(page)._default_manager.filter(translation_key=page.translation_key, alias_of=None)
    first = rows.filter(locale__language_code=page.source_language).first()
    return first or rows.order_by("pk").first() or page


def addresses(keys: set[UUID]) -> dict[UUID, Page]:
    """A page to name each of `keys` by, in the reader's language where there is one. One query, no stand-ins."""
    found: dict[UUID, Any] = {}
    language = get_language()
    rows = open_pages().filter(translation_key__in=keys, alias_of=None).select_related("locale")
    for page in rows.order_by("pk"):
        if page.translation_key not in found or page.locale.language_code == language:
            found[page.translation_key] = page
    return found
