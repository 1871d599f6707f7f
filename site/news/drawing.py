"""Drawing a whole body at once: however many blocks of a kind it has, the database is asked the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage, Rendition
from wagtail.models import Page

from news import links
from news.blocks.choosers import fetched_together


def _renditions() -> Prefetch:
    return Prefetch("renditions", queryset=Rendition.objects.all(), to_attr="prefetched_renditions")


def drawn(body: StreamValue, context: dict[str, Any]) -> SafeString:
    """The blocks in order. Up to two queries for links, two for pictures, one for documents."""
    with fetched_together(body.raw_data):
        values = list(_values(body))
    pictures = [value for value in values if isinstance(value, AbstractImage)]
    pages = [value for value in values if isinstance(value, Page)]
    prefetch_related_objects(pictures, _renditions())
    with links.looked_up(_pages_in(body), pages):
        pieces = [block.render_as_block(context) for block in body]
    return mark_safe("\n".join(pieces))  # noqa: S308  each piece is a rendered template


def _values(value: Any) -> Iterator[Any]:
    """Everything inside blocks, however deep."""
    if isinstance(value, StreamValue | ListValue):
        bound = value.bound_blocks if isinstance(value, ListValue) else value
        for child in bound:
            yield from _values(child.value)
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from _values(part)
    else:
        yield value


def _pages_in(body: StreamValue) -> set[int]:
    references = body.stream_block.extract_references(body)
    return {int(key) for model, key, *_path in references if model is Page and str(key).isdigit()}
