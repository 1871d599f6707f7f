"""Running text: each file that it links to may be another one in each language, as with the block of a file.

wagtail-localize knows the addresses in a text and leaves its documents alone: one file for all languages.
"""

from __future__ import annotations

import re
from typing import Any, Final

from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import quote_path_component
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings

_LINKED: Final = re.compile(r"(?:.*\.)?'document:(\d{1,18})'", re.DOTALL)


def linked_document(path: str) -> int | None:
    """Which document a path (or its last step) means: `body.<id>.'document:5'`."""
    found = _LINKED.fullmatch(path)
    return int(found[1]) if found else None


class RunningTextBlock(blocks.RichTextBlock):
    def deconstruct(self) -> tuple[str, Any, Any]:
        """Stored as any rich text: no migration for what it does."""
        path, args, kwargs = super().deconstruct()
        return ("wagtail.blocks.RichTextBlock" if type(self) is RunningTextBlock else path), args, kwargs

    def get_translatable_segments(self, value: RichText) -> list[Any]:
        template, strings = extract_strings(value.source)
        tags = [tag for _words, attrs in strings for tag in attrs.values()]
        addresses = {tag["href"] for tag in tags if "href" in tag}
        documents = {int(tag["id"]) for tag in tags if _is_document(tag)}
        return [
            TemplateSegmentValue("", "html", template, len(strings)),
            *(StringSegmentValue("", words, attrs=attrs) for words, attrs in strings),
            *(OverridableSegmentValue(quote_path_component(href), href) for href in sorted(addresses)),
            *(
                OverridableSegmentValue(quote_path_component(f"document:{number}"), number)
                for number in sorted(documents)
            ),
        ]

    def restore_translated_segments(self, value: RichText, segments: list[Any]) -> RichText:
        chosen = {
            linked_document(segment.path): segment.data
            for segment in segments
            if isinstance(segment, OverridableSegmentValue)
        }
        _format, template, strings = organise_template_segments(segments)
        for tag in (tag for _words, attrs in strings for tag in (attrs or {}).values()):
            if _is_document(tag) and int(tag["id"]) in chosen:
                tag["id"] = str(chosen[int(tag["id"])])
        return RichText(restore_strings(template, strings))


def _is_document(tag: dict[str, Any]) -> bool:
    number = str(tag.get("id", ""))
    return tag.get("linktype") == "document" and number.isascii() and number.isdigit() and len(number) < 19
