"""Keeping the strings in step with their source, in some twenty queries however long the page is.

wagtail-localize's own `refresh_segments` asks three to five times for every passage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource, get_schema_version

from news.public_page import PublicPage
from pages.models.translating import Baseline
from pages.translations.carry import Choices, carry_over
from pages.translations.segments import write_segments
from pages.translations.states import locales_on, translation_for

# Columns of a page that say nothing to a reader: a change of these alone makes no translation out of date.
BOOKKEEPING: Final = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "draft_title", "has_unpublished_changes", "owner",
        "latest_revision", "latest_revision_created_at", "live_revision", "last_published_at",
        "first_published_at", "live", "locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired",
        "wagtail_admin_comments", "alias_of", "content_type", "show_in_menus",
        "comments_closed",
    }
)  # fmt: skip


@transaction.atomic
def keep_in_step(page: PublicPage, thoroughly: bool = False) -> None:
    """After `page` was published: stand-ins wherever it is missing, new strings for its translators.

    `thoroughly` reads the page again though its words are the same: after its blocks were given new fields.
    """
    from pages.translations.begin import stand_in

    if page.alias_of_id or translation_for(page):
        return
    there = {known.locale_id for known in page.get_translations().only("locale_id")}
    for locale in locales_on().exclude(pk__in=[*there, page.locale_id]):
        stand_in(page, locale)
    source = _source_of(page)
    if source is not None and source.specific_content_type_id == page.content_type_id:
        refreshed_source(page, source, thoroughly)
        for translation in _begun(source):
            carry_over(translation)


def _begun(source: TranslationSource) -> Iterable[Translation]:
    rows = Translation.objects.filter(source=source, enabled=True, target_locale__in=locales_on())
    return rows.select_related("source", "target_locale")


def _source_of(page: PublicPage) -> TranslationSource | None:
    rows = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id)
    return rows.first()


def refreshed_source(
    page: PublicPage, old: TranslationSource | None = None, thoroughly: bool = False
) -> TranslationSource:
    """The strings as the page has them now. `last_updated_at` moves only when a reader would see a change."""
    old = old or _source_of(page)
    content = page.to_json()
    if old is None:
        source = _new_source(page, content)
        write_segments(source, page.with_content_json(json.loads(content)))
        return source
    changed = words_of(old.content_json) != words_of(content)
    choices = Choices(old)
    _store(old, page, content, changed)
    if changed or thoroughly:
        write_segments(old, page.with_content_json(json.loads(content)))
        choices.carry_over()
    return old


def _new_source(page: PublicPage, content: str) -> TranslationSource:
    known, _created = TranslatableObject.objects.get_or_create_from_instance(page)
    return TranslationSource.objects.create(
        object=known,
        locale_id=page.locale_id,
        specific_content_type=ContentType.objects.get_for_model(type(page)),
        object_repr=str(page)[:200],
        content_json=content,
        schema_version=get_schema_version(page._meta.app_label),
        last_updated_at=timezone.now(),
    )


def _store(source: TranslationSource, page: PublicPage, content: str, changed: bool) -> None:
    """The row first: its lock makes a publication of a translation wait until all strings are there."""
    source.content_json, source.object_repr = content, str(page)[:200]
    source.schema_version = get_schema_version(page._meta.app_label)
    if changed:
        source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "object_repr", "schema_version", "last_updated_at"])
    if changed:
        begun = Baseline.objects.filter(Q(translation__source=source), waiting_since=None)
        begun.update(waiting_since=source.last_updated_at)


def words_of(content: str) -> dict[str, Any]:
    return {name: _parsed(value) for name, value in json.loads(content).items() if name not in BOOKKEEPING}


def _parsed(value: Any) -> Any:
    """Stream fields stand in the content as JSON text, whose keys PostgreSQL gives back in an order of its own."""
    if not (isinstance(value, str) and value[:1] in "[{"):
        return value
    try:
        return json.loads(value)
    except ValueError:  # words that begin with a bracket
        return value
