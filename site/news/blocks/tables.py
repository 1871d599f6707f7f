"""Tables for small data, whose words are translated cell by cell and whose numbers are written as the reader does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue

from news.blocks.words import WORDS

COLUMNS: Final = 8
ROWS: Final = 60


class CellsBlock(TypedTableBlock):
    """wagtail-localize leaves Wagtail's table out: here are its strings, by their place in the table."""

    text = blocks.CharBlock(label=_("Words"), required=False, max_length=250)
    number = blocks.DecimalBlock(label=_("Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        if not table.caption.strip():
            raise _refused(_("A table needs a caption: what it shows, where the data come from."))
        if len(table.columns) > COLUMNS or len(table.row_data) > ROWS:
            words = _("At most %(columns)d columns and %(rows)d rows: more belongs into a file.")
            raise _refused(words % {"columns": COLUMNS, "rows": ROWS})
        return super().clean(table)

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(place, words) for place, words in _strings(table) if words]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        words = {segment.path: segment.render_text() for segment in segments}
        columns = [
            {**column, "heading": words.get(f"heading-{number}", column["heading"])}
            for number, column in enumerate(table.columns)
        ]
        rows = [
            {
                "values": [
                    words.get(f"cell-{number}-{at}", value) if _is_words(column) else value
                    for at, (column, value) in enumerate(zip(columns, row["values"], strict=True))
                ]
            }
            for number, row in enumerate(table.row_data)
        ]
        return TypedTable(columns, rows, words.get("caption", table.caption))


def _refused(words: Any) -> TypedTableBlockValidationError:
    return TypedTableBlockValidationError(non_block_errors=[words])


def _is_words(column: dict[str, Any]) -> bool:
    return bool(column["block"].name == "text")


def _strings(table: TypedTable) -> Iterator[tuple[str, str]]:
    """(place, words); a place is one step of a path, hence without dots."""
    yield "caption", table.caption
    for at, column in enumerate(table.columns):
        yield f"heading-{at}", column["heading"]
    for number, row in enumerate(table.row_data):
        for at, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
            if _is_words(column):
                yield f"cell-{number}-{at}", value


class TableBlock(blocks.StructBlock):
    table = CellsBlock(label=_("Table"))
    row_headings = blocks.BooleanBlock(
        label=_("The first column names its row"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = WORDS
        description = _("Small data with a caption. On a phone the table moves inside its own frame.")
        template = "news/blocks/table.html"

    def get_preview_value(self) -> Any:
        rows = [[_now("With a register"), 17], [_now("Without one"), 33]]
        headings = [_now("Court"), _now("Held too long, in %")]
        return self.to_python(
            {
                "row_headings": True,
                "table": {
                    "caption": _now("What the figures say"),
                    "columns": [
                        {"type": kind, "heading": heading}
                        for kind, heading in zip(("text", "number"), headings, strict=True)
                    ],
                    "rows": [{"values": row} for row in rows],
                },
            }
        )
