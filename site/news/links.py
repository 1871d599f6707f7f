"""Links between pages lead to the reader's own tree: the translation, or the stand-in, of what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from wagtail.models import Page


def at_readers_place(keys: Iterable[Any]) -> dict[Any, str]:
    """Translation key -> address in the reader's language, of what is live there. One query."""
    pages = Page.objects.live().filter(translation_key__in=set(keys), locale__language_code=get_language())
    return {page.translation_key: page.get_url() or "" for page in pages}
