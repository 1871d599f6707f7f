"""A landing page for a space, in every language it has words for; stand-ins in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from pages import search_entries
from pages.models import SpaceIndexPage, SpacePage
from pages.translations import keep_in_step

if TYPE_CHECKING:
    from communities.models import Space, SpaceText


def open_landing_of_known(space: Space) -> None:
    """For `communities.hooks.on_found`: a hidden space gets no page."""
    if not space.is_hidden:
        open_landing(space)


@transaction.atomic
def open_landing(space: Space) -> list[SpacePage]:
    """Publish what is missing of the landing page of `space`; what is there stays.

    Raises ValueError for a hidden space, SpaceIndexPage.DoesNotExist where the migration's pages are gone.
    """
    if space.is_hidden:
        raise ValueError("a hidden space has no public page")
    texts = {text.language: text for text in space.texts.all()}
    own = space.landing_pages.filter(alias_of=None).select_related("locale")
    there = {page.locale.language_code: page for page in own}
    # The space's own language first: it is the source the others are translated from.
    wanted = sorted(texts, key=lambda code: (code != space.language, code))
    for code in wanted:
        if code not in there:
            there[code] = _publish(space, texts[code], next(iter(there.values()), None))
    if there:
        keep_in_step(there.get(space.language) or next(iter(there.values())))
    return list(there.values())


def _publish(space: Space, text: SpaceText, source: SpacePage | None) -> SpacePage:
    locale = Locale.objects.get(language_code=text.language)
    page = SpacePage.objects.filter(space=space, locale=locale).first() or _new(space, locale, source)
    # A stand-in that becomes a page of its own loses the blocks it showed so far: they are the source's words.
    page.alias_of, page.body = None, []
    page.title = page.draft_title = text.name
    page.source_language = text.language
    if page.pk:
        page.save()
    else:
        SpaceIndexPage.objects.get(locale=locale, alias_of=None).add_child(instance=page)
    search_entries.put(page)
    return page


def _new(space: Space, locale: Locale, source: SpacePage | None) -> SpacePage:
    now = timezone.now()
    page = SpacePage(
        space=space, slug=space.slug, locale=locale, live=True, first_published_at=now, last_published_at=now
    )
    if source is not None:
        page.translation_key = source.translation_key
    return page
