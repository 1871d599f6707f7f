"""Beginning a translation: strings to fill in, and a stand-in where the page is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from news.public_page import PublicPage
from pages.translations.carry import absorb, carry_over
from pages.translations.states import locales_on, source_of
from pages.translations.sync import refreshed_source

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def translate(page: Page, to: Iterable[str], by: User | None = None) -> list[Translation]:
    """Begin translations of `page` into the languages `to`: drafts, that is strings to fill in.

    Always from the page's own source, whichever of its pages is given. A second call changes nothing. No
    reader sees anything of it. Raises Locale.DoesNotExist for a language that is switched off.
    """
    wanted = [locales_on().get(language_code=code) for code in to]
    page = _as_written(source_of(page))
    source = refreshed_source(page)
    begun = []
    for locale in wanted:
        if locale.pk != page.locale_id:
            begun.append(_begin(source, locale, stand_in(page, locale)))
    return begun


def _as_written(page: PublicPage) -> PublicPage:
    """From the database, where every block has its id; a page never published as its last draft has it."""
    page = type(page).objects.get(pk=page.pk)
    return page if page.live else page.get_latest_revision_as_object()


def _begin(source: TranslationSource, locale: Locale, there: Page) -> Translation:
    translation, created = Translation.objects.get_or_create(source=source, target_locale=locale)
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    if created and not there.alias_of_id:
        absorb(translation, there.specific)
    carry_over(translation, there)
    return translation


@transaction.atomic
def restart(translation: Translation) -> int:
    """Go on with strings after the page itself was edited: its words count. Returns how many found their place."""
    page = translation.get_target_instance()
    taken = 0 if page.alias_of_id else absorb(translation, page, newer=True)
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    carry_over(translation, page)
    return taken


def stand_in(page: Page, locale: Locale) -> Page:
    """The page at this place in another tree; made as a stand-in when there is none, live when the source is."""
    there = page.get_translation_or_none(locale)
    if there is not None:
        return there
    return page.copy_for_translation(locale, copy_parents=True, alias=True)
