"""Translations of public pages: the only door to wagtail-localize's operations.

Four states a page may have in a language other than its source's:

missing      a *stand-in* (Wagtail alias) shows the source's words at the page's place in the reader's tree
draft        `translate` was called: strings wait in the translation editor, readers still see the stand-in
published    a page of its own, made when somebody publishes the complete translation
out of date  the source has changed since; readers keep the old translation until the new one is complete

A string may also be a *machine draft* (`translation_type` machine): words nobody has gone over yet, from a translation
server or marked fuzzy in a PO file. Saving it, even unchanged, makes it a person's; `publish` waits for that.

wagtail-localize's own way (convert the alias and save what there is) would put a page that is half in another
language before readers at once: `create_or_update_translation` writes the live row even for a draft. So here a
draft is its strings and nothing else: the live row is touched by `publish` alone, and only when no string is
missing. Any language may be the source; nothing passes through English.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.views.convert import sync_alias

from news.public_page import PublicPage

if TYPE_CHECKING:
    from profiles.models import User

# Columns of a page that say nothing to a reader: a change of these alone makes no translation out of date.
BOOKKEEPING: Final = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "draft_title", "has_unpublished_changes", "owner",
        "latest_revision", "latest_revision_created_at", "live_revision", "last_published_at",
        "first_published_at", "live", "locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired",
        "wagtail_admin_comments", "alias_of", "content_type", "show_in_menus",
    }
)  # fmt: skip

MANUAL: Final = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE: Final = StringTranslation.TRANSLATION_TYPE_MACHINE


class Incomplete(Exception):
    """`missing` strings have no translation yet, `unread` ones are a machine's that no person has gone over."""

    def __init__(self, missing: int, unread: int = 0) -> None:
        self.missing, self.unread = missing, unread
        super().__init__(f"{missing} strings are not translated, {unread} not gone over")


def source_of(page: Page) -> PublicPage:
    """The page that was written first: itself, what it stands in for, or what it was translated from."""
    if page.alias_of_id:
        return source_of(page.alias_of)
    translation = translation_for(page)
    return translation.source.get_source_instance() if translation else page.specific


def translation_for(page: Page) -> Translation | None:
    """The translation whose target `page` is; None for a source or a page written by itself."""
    rows = Translation.objects.select_related("source__locale", "target_locale")
    return rows.filter(source__object_id=page.translation_key, target_locale=page.locale_id).first()


@transaction.atomic
def translate(page: Page, to: Iterable[str], by: User | None = None) -> list[Translation]:
    """Begin translations of `page` into the languages `to`: drafts, that is strings to fill in.

    Always from the page's own source, whichever of its pages is given. A second call changes nothing. No
    reader sees anything of it. Raises Locale.DoesNotExist for a language that is switched off.
    """
    page = _as_written(source_of(page))
    source = _refreshed_source(page)
    begun = []
    for code in to:
        locale = Locale.objects.get(language_code=code)
        if locale.pk == page.locale_id:
            continue
        stand_in(page, locale)
        begun.append(_begin(source, locale))
    return begun


def _as_written(page: PublicPage) -> PublicPage:
    """From the database, where every block has its id; a page never published as its last draft has it."""
    page = type(page).objects.get(pk=page.pk)
    return page if page.live else page.get_latest_revision_as_object()


def _begin(source: TranslationSource, locale: Locale) -> Translation:
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    _carry_over(translation)
    return translation


def stand_in(page: Page, locale: Locale) -> Page:
    """The page at this place in another tree; made as a stand-in when there is none, live when the source is."""
    there = page.get_translation_or_none(locale)
    if there is not None:
        return there
    return page.copy_for_translation(locale, copy_parents=True, alias=True)


@transaction.atomic
def keep_in_step(page: PublicPage) -> None:
    """After `page` was published: stand-ins wherever it is missing, new strings for its translators."""
    if translation_for(page) or page.alias_of_id:
        return
    for locale in Locale.objects.exclude(pk=page.locale_id):
        stand_in(page, locale)
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is not None and source.specific_content_type_id == page.content_type_id:
        for translation in _refreshed_source(page).translations.filter(enabled=True):
            _carry_over(translation)


def _refreshed_source(page: PublicPage) -> TranslationSource:
    """The strings as the page has them now. `last_updated_at` moves only when a reader would see a change."""
    old = TranslationSource.objects.get_for_instance_or_none(page)
    before = _words(old) if old else None
    source, _created = TranslationSource.update_or_create_from_instance(page)
    if old is not None and before == _words(source):
        TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=old.last_updated_at)
        source.last_updated_at = old.last_updated_at
    return source


def _words(source: TranslationSource) -> dict[str, Any]:
    content = json.loads(source.content_json)
    return {name: _parsed(value) for name, value in content.items() if name not in BOOKKEEPING}


def _parsed(value: Any) -> Any:
    """Stream fields stand in the content as JSON text, whose keys PostgreSQL gives back in an order of its own."""
    if not (isinstance(value, str) and value[:1] in "[{"):
        return value
    try:
        return json.loads(value)
    except ValueError:  # words that begin with a bracket
        return value


def _carry_over(translation: Translation) -> None:
    """What was translated stays translated, though its block is new or has moved; and so does the address.

    wagtail-localize keeps a translation per string and place: a block that an editor makes anew, or that comes
    by copy, would ask for every word again. A page keeps its slug until its translator chooses another.
    """
    target = translation.get_target_instance()
    known = _known_words(translation)
    for segment in untranslated(translation).select_related("context"):
        if segment.context.path == "slug":
            found: dict[str, Any] | None = {"data": target.slug, "translation_type": MANUAL}
        else:
            found = known.get(segment.string_id)
        if found:
            StringTranslation.objects.get_or_create(
                translation_of_id=segment.string_id,
                locale=translation.target_locale,
                context_id=segment.context_id,
                defaults=found,
            )


def _known_words(translation: Translation) -> dict[int, dict[str, Any]]:
    """String -> its newest translation anywhere on the page, a person's before a machine's."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id, has_error=False
    )
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


def untranslated(translation: Translation) -> QuerySet[StringSegment]:
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=translation.target_locale
    )
    return StringSegment.objects.filter(~Exists(done), source=translation.source)


def machine_drafts(translation: Translation) -> QuerySet[StringSegment]:
    """Strings whose words no person has gone over yet."""
    drafted = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=translation.target_locale,
        translation_type=MACHINE,
    )
    return StringSegment.objects.filter(Exists(drafted), source=translation.source)


def missing_strings(translation: Translation) -> int:
    total, done = translation.get_progress()
    return int(total - done)


def publish(translation: Translation, by: User | None = None) -> Page:
    """Put the complete translation before readers, in one step. Raises Incomplete, and then nothing changes."""
    with transaction.atomic():
        missing, unread = missing_strings(translation), machine_drafts(translation).count()
        if missing or unread:
            raise Incomplete(missing, unread)
        translation.save_target(user=by, publish=False)
        translation.get_target_instance().get_latest_revision().publish(user=by)
    return translation.get_target_instance()


@transaction.atomic
def withdraw(page: PublicPage) -> None:
    """A translation that is live no more becomes a stand-in again: its place keeps answering."""
    translation = translation_for(page)
    if translation is None:
        return
    source = translation.source.get_source_instance()
    if not source.live:
        return
    sync_alias(source, page, revision=source.get_latest_revision())
    type(page).objects.filter(pk=page.pk).update(alias_of=source, live=True, has_unpublished_changes=False)


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
    StringTranslation.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "has_error",
            "field_error",
        ],
    )
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
    return [segment for segment in extract_segments(original) if isinstance(segment, StringSegmentValue)]


def _with_ids(page: PublicPage, blocks: Sequence[tuple[str, Any]], ids: Sequence[str]) -> Any:
    if len(blocks) != len(ids):
        raise ValueError(f"{len(blocks)} blocks for {len(ids)} of the source")
    raw = [{"type": name, "value": value, "id": id_} for (name, value), id_ in zip(blocks, ids, strict=True)]
    return page._meta.get_field("body").stream_block.to_python(raw)
