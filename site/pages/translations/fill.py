"""Words of a translation: one passage, a machine's drafts, or a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue, validate_translation_links

from news.public_page import PublicPage
from pages.translations.carry import strings_of, write
from pages.translations.states import MACHINE, MANUAL, machine_drafts, untranslated

if TYPE_CHECKING:
    from profiles.models import User

# In place of the name of a translation server: these words were a person's, but for another sentence.
EARLIER_WORDS: Final = "earlier words"


def put(translation: Translation, segment: StringSegment, words: str, by: User | None = None) -> None:
    """One passage, by a person, and the same words wherever else on the page they wait.

    Raises ValueError, in words, for markup that does not belong there.
    """
    words = words.strip()
    if not words:
        raise ValueError
    StringValue.from_translated_html(words)
    validate_translation_links(segment.string.data, words)
    _put(translation, segment, words, by, MANUAL)


def put_earlier_words(
    translation: Translation, segment: StringSegment, words: str, by: User | None = None
) -> None:
    """What was said of the passage before it changed, as a draft that somebody goes over."""
    _put(translation, segment, words, by, MACHINE, EARLIER_WORDS)


def _put(
    translation: Translation, segment: StringSegment, words: str, by: User | None, kind: str, tool: str = ""
) -> None:
    for context in {segment.context_id, *_elsewhere(translation, segment)}:
        # `save` looks for broken markup and keeps the title in the CMS's own lists.
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=context,
            locale_id=translation.target_locale_id,
            defaults={
                "data": words,
                "translation_type": kind,
                "tool_name": tool,
                "last_translated_by": by,
                "has_error": False,
                "field_error": "",
            },
        )


def _elsewhere(translation: Translation, segment: StringSegment) -> Iterable[int]:
    """Contexts where the same words still wait for somebody. An address is never the same as words."""
    if segment.context.path == "slug":
        return []
    waiting = [untranslated(translation), machine_drafts(translation)]
    rows = [each.filter(string=segment.string_id).exclude(context__path="slug") for each in waiting]
    return [context for each in rows for context in each.values_list("context_id", flat=True)]


def fill(translation: Translation, fields: dict[str, Any], by: User | None = None) -> Translation:
    """Hand in a whole translation as the fields of a page ({"title": …, "slug": …, "intro": …, "body": […]}).

    `body` is a list of (block name, value) built like the source's, block by block. Raises ValueError where
    the two do not correspond: then a string would end up at the wrong place.
    """
    original = translation.source.as_instance()
    wanted = list(translation.source.stringsegment_set.select_related("string", "context").order_by("order"))
    given = _strings_of(original, fields)
    if [segment.context.path for segment in wanted] != [value.path for value in given]:
        raise ValueError(f"{translation.source}: not built like its source")
    # The same words may stand twice in one passage: one row for both.
    rows = {
        (segment.string_id, segment.context_id): StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=translation.target_locale,
            data=value.string.get_translatable_html(),
            translation_type=MANUAL,
            last_translated_by=by,
        )
        for segment, value in zip(wanted, given, strict=True)
    }
    write(rows.values())
    return translation


def fill_by_machine(translation: Translation, drafts: Mapping[int, str], tool: str) -> int:
    """Drafts (string id -> words) for what is still empty; how many were taken. The address is left alone.

    What a person wrote stays, be it written while the machine was at work. All of them or, when the database
    refuses, none.
    """
    empty = untranslated(translation).exclude(context__path="slug")
    rows = {
        (segment.string_id, segment.context_id): StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=translation.target_locale,
            data=drafts[segment.string_id],
            translation_type=MACHINE,
            tool_name=tool,
        )
        for segment in empty
        if drafts.get(segment.string_id)
    }
    StringTranslation.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def _strings_of(original: PublicPage, fields: dict[str, Any]) -> list[StringSegmentValue]:
    """The translated strings, under the paths (block ids) of the original."""
    ids = [block.id for block in original.body] if "body" in fields else []
    for name, value in fields.items():
        setattr(original, name, _with_ids(original, value, ids) if name == "body" else value)
    return strings_of(original)


def _with_ids(page: PublicPage, blocks: Sequence[tuple[str, Any]], ids: Sequence[str]) -> Any:
    if len(blocks) != len(ids):
        raise ValueError(f"{len(blocks)} blocks for {len(ids)} of the source")
    raw = [{"type": name, "value": value, "id": id_} for (name, value), id_ in zip(blocks, ids, strict=True)]
    return page._meta.get_field("body").stream_block.to_python(raw)
