"""Which drafts on the board say a term otherwise than the glossary: three queries, however many pages are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from pages.cms.facts import Cell, Row
from pages.glossary.lookup import Glossary, glossaries

Said = dict[tuple[int, int, int], str]  # language, string, place -> words


def mark(rows: Iterable[Row]) -> None:
    """Sets `doubts` of the cells that are not published, to the number of terms."""
    drafts = [(row, cell) for row in rows for cell in row.cells if cell.translation and cell.is_open]
    pairs = {(row.source_language, cell.language) for row, cell in drafts}
    known = glossaries(pairs)
    begun = [cell.translation for _row, cell in drafts if cell.translation]
    passages, said = _passages(begun), _said(begun)
    for row, cell in drafts:
        cell.doubts = _count(cell, known[row.source_language, cell.language], passages, said)


def _count(
    cell: Cell, glossary: Glossary, passages: dict[int, list[tuple[int, int, str]]], said: Said
) -> int:
    one: Translation = cell.translation
    doubts = {
        doubt.hint.term
        for string, context, source in passages[one.source_id]
        for doubt in glossary.doubts(source, said.get((one.target_locale_id, string, context), ""))
    }
    return len(doubts)


def _passages(begun: list[Translation]) -> dict[int, list[tuple[int, int, str]]]:
    rows = StringSegment.objects.filter(source__in={one.source_id for one in begun})
    found = defaultdict(list)
    for source, *passage in (
        rows.exclude(context__path="slug")
        .values_list("source_id", "string_id", "context_id", "string__data")
        .distinct()
    ):
        found[source].append(tuple(passage))
    return found


def _said(begun: list[Translation]) -> Said:
    rows = StringTranslation.objects.filter(
        locale__in={one.target_locale_id for one in begun},
        context__object_id__in={one.source.object_id for one in begun},
    )
    said = rows.values_list("locale_id", "translation_of_id", "context_id", "data")
    return {(locale, string, context): words for locale, string, context, words in said}
