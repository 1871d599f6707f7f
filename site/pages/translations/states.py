"""What there is: the source of a page, its translations, and what they still wait for."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from news.public_page import PublicPage

MANUAL: Final = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE: Final = StringTranslation.TRANSLATION_TYPE_MACHINE


class Incomplete(Exception):
    """`missing` strings have no translation yet, `unread` ones are drafts that no person has gone over."""

    def __init__(self, missing: int, unread: int = 0) -> None:
        self.missing, self.unread = missing, unread
        super().__init__(f"{missing} strings are not translated, {unread} not gone over")


class LanguageOff(Exception):
    """The language of this translation was switched off: nothing is begun or published in it."""


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


def is_source(page: Page) -> bool:
    """Pages in other languages follow this one: stand-ins, or translations made from it."""
    if page.alias_of_id:
        return False
    followed = Page.objects.filter(alias_of_id=page.pk).exclude(locale_id=page.locale_id).exists()
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale_id=page.locale_id, enabled=True
    )
    return followed or begun.exists()


def _said(locale_id: int) -> QuerySet[StringTranslation]:
    return StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale_id
    )


def untranslated(translation: Translation) -> QuerySet[StringSegment]:
    done = _said(translation.target_locale_id)
    return StringSegment.objects.filter(~Exists(done), source=translation.source_id)


def machine_drafts(translation: Translation) -> QuerySet[StringSegment]:
    """Strings whose words no person has gone over yet."""
    drafted = _said(translation.target_locale_id).filter(translation_type=MACHINE)
    return StringSegment.objects.filter(Exists(drafted), source=translation.source_id)


def missing_strings(translation: Translation) -> int:
    """The same words in two places count once: whoever says them once has said them."""
    fit = _said(translation.target_locale_id).filter(has_error=False)
    rows = StringSegment.objects.filter(~Exists(fit), source=translation.source_id)
    return rows.values("string").distinct().count()


def unread_strings(translation: Translation) -> int:
    return machine_drafts(translation).values("string").distinct().count()


def is_on(locale: Locale) -> bool:
    """A language may be taken out of the settings while its rows and pages stay."""
    return locale.language_code in get_content_languages()


def locales_on() -> QuerySet[Locale]:
    return Locale.objects.filter(language_code__in=get_content_languages())
