"""Taking links out of stream fields: those that lead to pages which go, wherever an editor put them.

A block that is nothing but a link goes whole, words included, for they mostly are the name. In running text the
link goes with the words under it; the rest of what an editor wrote stays. Raw values are walked with the blocks
that made them, so that a number is known to be a page's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from wagtail import blocks
from wagtail.fields import StreamField

LINK: Final = re.compile(r"<a\b([^>]*)>.*?</a>", re.DOTALL)
PAGE_ID: Final = re.compile(r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"')


@dataclass
class Gone:
    """What nobody may find any more: pages by id, and the paths that led to them."""

    ids: set[int]
    slug: str
    # Blocks that were taken out or changed.
    touched: set[str] = field(default_factory=set)

    def is_address(self, text: str) -> bool:
        return any(f"/{list_}/{self.slug}/" in f"{text}/" for list_ in ("communities", "spaces"))

    def is_link(self, match: re.Match[str]) -> bool:
        found = PAGE_ID.search(match[1])
        return self.is_address(match[1].replace('"', "/")) or bool(
            found and int(found[1] or found[2]) in self.ids
        )

    def may_be_in(self, expression: str) -> Q:
        """A cheap sieve in SQL; what passes is looked at block by block."""
        found = Q(**{f"{expression}__contains": self.slug})
        for pk in self.ids:
            found |= Q(**{f"{expression}__contains": str(pk)})
        return found

    # Each returns the value without the links, and whether nothing is left that could stand alone.

    def stripped(self, block: blocks.Block, raw: Any) -> tuple[Any, bool]:
        if isinstance(block, blocks.BaseStreamBlock):
            return self._stream(block, raw), False
        if isinstance(block, blocks.ListBlock):
            return self._list(block, raw)
        if isinstance(block, blocks.BaseStructBlock):
            return self._struct(block, raw)
        if isinstance(block, blocks.PageChooserBlock):
            return raw, raw in self.ids
        if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str):
            return LINK.sub(lambda match: "" if self.is_link(match) else match[0], raw), False
        return raw, isinstance(block, blocks.URLBlock) and isinstance(raw, str) and self.is_address(raw)

    def _stream(self, block: blocks.BaseStreamBlock, raw: Any) -> Any:
        kept = []
        for child in raw or []:
            inner = block.child_blocks.get(child.get("type"))
            value, alone = self.stripped(inner, child["value"]) if inner else (child["value"], False)
            if alone or value != child["value"]:
                self.touched.add(str(child.get("id")))
            if not alone:
                kept.append({**child, "value": value})
        return kept

    def _list(self, block: blocks.ListBlock, raw: Any) -> tuple[Any, bool]:
        kept = []
        for item in raw or []:
            wrapped = isinstance(item, dict) and "value" in item and item.get("type") == "item"
            value, alone = self.stripped(block.child_block, item["value"] if wrapped else item)
            if not alone:
                kept.append({**item, "value": value} if wrapped else value)
        return kept, bool(raw) and not kept

    def _struct(self, block: blocks.BaseStructBlock, raw: Any) -> tuple[Any, bool]:
        values = dict(raw or {})
        alone = False
        for name, inner in block.child_blocks.items():
            if name in values:
                values[name], dead = self.stripped(inner, values[name])
                alone = alone or dead  # a call without its target, a list without its entries
        return values, alone


def stream_fields(model: type[models.Model]) -> list[StreamField]:
    return [one for one in model._meta.get_fields() if isinstance(one, StreamField)]


def unlink_rows(gone: Gone) -> Iterator[models.Model]:
    """Strips every live row that has stream fields; yields those that changed, after the change."""
    for model in apps.get_models():
        for column in (one for one in model._meta.local_fields if isinstance(one, StreamField)):
            rows = model._base_manager.annotate(raw_text=Cast(column.name, models.TextField()))
            for row in rows.filter(gone.may_be_in("raw_text")):
                if _strip(row, column, gone):
                    yield row


def _strip(row: models.Model, column: StreamField, gone: Gone) -> bool:
    raw = column.stream_block.get_prep_value(getattr(row, column.name))
    left = gone._stream(column.stream_block, raw)
    if left == raw:
        return False
    setattr(row, column.name, column.stream_block.to_python(left))
    type(row)._base_manager.filter(pk=row.pk).update(**{column.name: getattr(row, column.name)})
    return True


def unlinked_content(content: dict[str, Any], model: type[models.Model], gone: Gone) -> dict[str, Any]:
    """The same for a revision's or a translation source's copy, where a stream is text within JSON."""
    left = dict(content)
    for column in stream_fields(model):
        if isinstance(text := content.get(column.name), str) and text[:1] == "[":
            raw = json.loads(text)
            stripped = gone._stream(column.stream_block, raw)
            if stripped != raw:
                left[column.name] = json.dumps(stripped)
    return left
