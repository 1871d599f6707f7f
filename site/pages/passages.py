"""The passages of one translation: what is to be said, what is said so far, and by whom.

A passage is one string at one place. wagtail-localize keeps a row per occurrence; the same words twice in one
paragraph are one passage here, as they are one translation there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from pages import translations
from pages.machine import marks

if TYPE_CHECKING:
    from profiles.models import User

# The longest that one passage may be, whatever its field: bytes of a careless paste are no translation.
LONGEST: Final = 20_000
UNREAD_FILE: Final = "PO"


@dataclass(frozen=True)
class Passage:
    string_id: int
    context_id: int
    path: str
    source: str
    words: str = ""
    kind: str = ""  # machine or manual; empty without words
    tool: str = ""
    broken: bool = False  # stored, but not fit for the page

    @property
    def key(self) -> str:
        return f"{self.string_id}-{self.context_id}"

    @property
    def is_unread(self) -> bool:
        return self.kind == translations.MACHINE

    @property
    def is_address(self) -> bool:
        return self.path == "slug"

    @property
    def is_open(self) -> bool:
        """Somebody has to do something about it before the page can be published."""
        return not self.words or self.broken or self.is_unread


@dataclass(frozen=True)
class Change:
    """New words of a passage; empty ones take the translation away."""

    passage: Passage
    words: str
    unread: bool = False
    tool: str = ""


def passages(translation: Translation) -> list[Passage]:
    """In the order of the page. Two queries."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    )
    said = {(row.translation_of_id, row.context_id): row for row in rows}
    segments = translation.source.stringsegment_set.order_by("order").values_list(
        "string_id", "context_id", "context__path", "string__data"
    )
    return [_passage(segment, said.get(segment[:2])) for segment in dict.fromkeys(segments)]


def _passage(segment: tuple[int, int, str, str], row: StringTranslation | None) -> Passage:
    if row is None:
        return Passage(*segment)
    return Passage(*segment, row.data, row.translation_type, row.tool_name, row.has_error)


def trouble_with(passage: Passage, words: str) -> str:
    """Why `words` cannot stand there, for the translator; empty when they can. No words at all can."""
    if not words:
        return ""
    if "\0" in words or len(words) > LONGEST:
        return _("This is too long, or holds characters that are no text.")
    if passage.is_address and not slugify(words):
        return _("An address is made of Latin letters, digits and hyphens.")
    if marks.strange(passage.source, words):
        return _("Keep the links of the passage as they are, and add no other marks (tags) of your own.")
    return ""


@transaction.atomic
def write(translation: Translation, changes: Iterable[Change], by: User | Any) -> int:
    """All of the changes or, when the database refuses one, none. Returns how many passages are different now.

    The caller has asked `trouble_with` for each.
    """
    changes = list(changes)
    emptied = [change.passage for change in changes if not change.words]
    for passage in emptied:
        _rows(translation).filter(translation_of=passage.string_id, context=passage.context_id).delete()
    StringTranslation.objects.bulk_create(
        [_row(translation, change, by) for change in changes if change.words],
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "last_translated_by", "has_error", "field_error",
                       "updated_at"],
    )  # fmt: skip
    _name_in_lists(translation, changes)
    return len(changes)


def _rows(translation: Translation) -> Any:
    return StringTranslation.objects.filter(locale=translation.target_locale)


def _row(translation: Translation, change: Change, by: User | Any) -> StringTranslation:
    return StringTranslation(
        translation_of_id=change.passage.string_id,
        context_id=change.passage.context_id,
        locale=translation.target_locale,
        data=change.words,
        translation_type=translations.MACHINE if change.unread else translations.MANUAL,
        tool_name=change.tool,
        last_translated_by=by,
        updated_at=timezone.now(),
    )


def _name_in_lists(translation: Translation, changes: list[Change]) -> None:
    """As wagtail-localize does for a single string: the CMS lists the page under its new title."""
    for change in changes:
        if change.passage.path == "title" and change.words:
            page = Page.objects.filter(
                translation_key=translation.source.object_id, locale=translation.target_locale
            )
            page.update(draft_title=change.words[:255])
