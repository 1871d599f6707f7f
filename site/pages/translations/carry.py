"""What a person wrote stays theirs: after a re-sync, in a block made anew, or written on the page itself.

wagtail-localize keeps a translation per string and place: a block that an editor makes anew, or that comes by copy,
would ask for every word again, and lose the picture that was chosen for it in this language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from news.public_page import PublicPage
from pages.translations.states import MANUAL, untranslated

BLOCK_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def carry_over(translation: Translation, there: Page | None = None) -> None:
    """The same words elsewhere on the page keep their translation; and a page its slug, until somebody chooses."""
    waiting = list(untranslated(translation).select_related("context"))
    if not waiting:
        return
    known = _known_words(translation)
    rows = {}
    for segment in waiting:
        found = known.get(segment.string_id)
        if segment.context.path == "slug":
            there = there or translation.get_target_instance()
            found = {"data": there.slug, "translation_type": MANUAL}
        if found:
            rows[segment.string_id, segment.context_id] = _row(translation, segment, **found)
    StringTranslation.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _row(translation: Translation, segment: StringSegment, **fields: Any) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
        **fields,
    )


def _known_words(translation: Translation) -> dict[int, dict[str, Any]]:
    """String -> its newest translation anywhere on the page, a person's before a machine's. An address is no words."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=translation.source.object_id, has_error=False
    ).exclude(context__path="slug")
    newest = sorted(rows, key=lambda row: (row.translation_type == MANUAL, row.updated_at))
    return {
        row.translation_of_id: {
            "data": row.data,
            "translation_type": row.translation_type,
            "tool_name": row.tool_name,
            "last_translated_by_id": row.last_translated_by_id,
        }
        for row in newest
        if row.data
    }


def absorb(translation: Translation, page: PublicPage, newer: bool = False) -> int:
    """Words written on the page itself become the translation of the passages at the same place.

    Only where a place, or else a whole field, holds as many passages as in the source. `newer`: also in place of
    what the strings say. Returns how many found their place.
    """
    wanted: dict[str, list[StringSegment]] = defaultdict(list)
    given: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in translation.source.stringsegment_set.select_related("context").order_by("order"):
        wanted[segment.context.path].append(segment)
    for value in strings_of(page):
        given[value.path].append(value)
    if not _same_blocks(wanted, given):
        wanted, given = _by_field(wanted), _by_field(given)
    rows = {
        (segment.string_id, segment.context_id): _row(
            translation, segment, data=value.string.get_translatable_html(), translation_type=MANUAL
        )
        for path, segments in wanted.items()
        if len(segments) == len(given[path])
        for segment, value in zip(segments, given[path], strict=True)
    }
    if newer:
        write(rows.values())
    else:
        StringTranslation.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def _same_blocks(wanted: Iterable[str], given: Iterable[str]) -> bool:
    """A page made from its source has the source's block ids; one written by itself has its own."""
    blocks = {path for path in wanted if "." in path}
    return not blocks or bool(blocks & set(given))


def _by_field(places: dict[str, list[Any]]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = defaultdict(list)
    for path, passages in places.items():
        fields[path.partition(".")[0]] += passages
    return fields


def write(rows: Any) -> None:
    """New or instead of what stood there."""
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data", "translation_type", "tool_name", "last_translated_by", "has_error", "field_error",
            "updated_at",
        ],
    )  # fmt: skip


def strings_of(page: PublicPage) -> list[StringSegmentValue]:
    return [value for value in extract_segments(page) if isinstance(value, StringSegmentValue)]


def kind_of(path: str) -> str:
    """What a value at this place is: the 5 of a picture is not the 5 of a file. Without the ids of blocks."""
    named = [step for step in path.split(".") if not BLOCK_ID.fullmatch(step)]
    return named[-1]


class Choices:
    """Pictures, links and other values that somebody chose for one language, from before a re-sync."""

    def __init__(self, source: TranslationSource | None) -> None:
        self.source = source
        self.chosen: dict[tuple[int, str, str], str] = {}
        if source is not None:
            self.chosen = {
                (override.locale_id, kind_of(override.context.path), data): override.data_json
                for override, data in self._with_values(source)
            }

    @staticmethod
    def _with_values(source: TranslationSource) -> list[tuple[SegmentOverride, str]]:
        overrides = SegmentOverride.objects.filter(context__object_id=source.object_id)
        found = list(overrides.select_related("context").order_by("updated_at"))
        if not found:
            return []
        values = dict(OverridableSegment.objects.filter(source=source).values_list("context_id", "data_json"))
        return [(one, values[one.context_id]) for one in found if one.context_id in values]

    def carry_over(self) -> None:
        """To where the same value stands now, unless somebody chose there too."""
        if self.source is None or not self.chosen:
            return
        taken = set(
            SegmentOverride.objects.filter(context__object_id=self.source.object_id).values_list(
                "locale_id", "context_id"
            )
        )
        segments = OverridableSegment.objects.filter(source=self.source).select_related("context")
        SegmentOverride.objects.bulk_create(
            SegmentOverride(locale_id=locale, context_id=segment.context_id, data_json=chosen)
            for segment in segments
            for (locale, kind, value), chosen in self.chosen.items()
            if (kind_of(segment.context.path), segment.data_json) == (kind, value)
            and (locale, segment.context_id) not in taken
        )
