"""Choosers of pictures and documents whose objects are fetched for a whole body at once, not block by block."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# What our blocks call what they choose. One that is not named here is fetched as Wagtail does.
PICTURES: Final = frozenset({"image", "poster"})
DOCUMENTS: Final = frozenset({"document"})

_fetched: ContextVar[dict[Any, dict[int, Any]] | None] = ContextVar("fetched", default=None)


class _Fetched:
    """`bulk_to_python` from what `fetched_together` holds. Migrations know the block by Wagtail's own name."""

    model_class: Any
    named: str

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        known = (_fetched.get() or {}).get(self.model_class)
        wanted = list(values)
        if known is None or not {value for value in wanted if value} <= known.keys():
            return super().bulk_to_python(wanted)  # type: ignore[misc]
        # A copy each, as Wagtail does: what is kept on one must not show on another.
        return [copy.copy(known[value]) if value else None for value in wanted]

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return self.named, args, kwargs


class PictureChooser(_Fetched, ImageChooserBlock):
    named = "wagtail.images.blocks.ImageChooserBlock"


class FileChooser(_Fetched, DocumentChooserBlock):
    named = "wagtail.documents.blocks.DocumentChooserBlock"


@contextmanager
def fetched_together(raw: Any) -> Iterator[None]:
    """`raw`: a body as it is stored. One query for all its pictures, one for all its documents, none without."""
    found: dict[Any, dict[int, Any]] = {}
    for block, names in ((PictureChooser(), PICTURES), (FileChooser(), DOCUMENTS)):
        if ids := set(_chosen(raw, names)):
            model = block.model_class
            found[model] = dict.fromkeys(ids) | model.objects.in_bulk(ids)
    token = _fetched.set(found)
    try:
        yield
    finally:
        _fetched.reset(token)


def _chosen(raw: Any, names: frozenset[str]) -> Iterator[int]:
    if isinstance(raw, dict):
        for name, value in raw.items():
            if name in names and isinstance(value, int):
                yield value
            else:
                yield from _chosen(value, names)
    elif isinstance(raw, Iterable) and not isinstance(raw, str):
        for each in raw:
            yield from _chosen(each, names)
