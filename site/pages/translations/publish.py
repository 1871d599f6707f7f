"""Before readers, in one step; and back to a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource
from wagtail_localize.views.convert import sync_alias

from news.public_page import PublicPage
from pages import values
from pages.models.translating import Baseline, Wish
from pages.translations.states import (
    Incomplete,
    LanguageOff,
    is_on,
    missing_strings,
    translation_for,
    unread_strings,
)

if TYPE_CHECKING:
    from profiles.models import User


def publish(translation: Translation, by: User | None = None) -> Page:
    """Put the complete translation before readers, in one step.

    Raises Incomplete, LanguageOff, or ValidationError for words that do not fit their field; then nothing changes.
    """
    if not is_on(translation.target_locale):
        raise LanguageOff
    with transaction.atomic():
        # No re-sync between the check and the publication.
        TranslationSource.objects.select_for_update().filter(pk=translation.source_id).first()
        missing, unread = missing_strings(translation), unread_strings(translation)
        if missing or unread:
            raise Incomplete(missing, unread)
        values.forget_gone(translation)
        translation.save_target(user=by, publish=False)
        page = translation.get_target_instance().get_latest_revision_as_object()
        if values.name_languages(page, translation):
            page.save_revision(user=by, clean=False)
        page.get_latest_revision().publish(user=by)
        remember(translation)
        Wish.objects.filter(
            translation_key=page.translation_key, language=translation.target_locale.language_code
        ).delete()
    return translation.get_target_instance()


def remember(translation: Translation) -> None:
    """What readers see from now on, passage by passage."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    rows = segments.order_by("order").values_list("context__path", "string__data", "translation")
    values = OverridableSegment.objects.filter(source=translation.source_id)
    Baseline.objects.update_or_create(
        translation=translation,
        defaults={
            "passages": [list(row) for row in rows],
            "values": dict(values.values_list("context__path", "data_json")),
            "waiting_since": None,
        },
    )


@transaction.atomic
def withdraw(page: PublicPage) -> None:
    """A translation that is live no more becomes a stand-in again: its place keeps answering."""
    translation = translation_for(page)
    if translation is None:
        return
    Baseline.objects.filter(translation=translation).delete()
    source: Any = translation.source.get_source_instance()
    if not source.live:
        return
    sync_alias(source, page, revision=source.get_latest_revision())
    type(page).objects.filter(pk=page.pk).update(alias_of=source, live=True, has_unpublished_changes=False)
