"""A landing page for a space, in every language it has words for; stand-ins in the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Locale, Revision

from communities.moving import space_moved_from
from pages import search_entries
from pages.models import SpaceIndexPage, SpacePage
from pages.translations import keep_in_step

if TYPE_CHECKING:
    from communities.models import Space, SpaceText

ADDRESS: Final = re.compile(r"communities/([-\w]+)/")


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


def follow(space: Space, old_slug: str) -> None:
    """For `communities.hooks.on_present`: titles and slugs are the space's own, in every language."""
    if space.is_hidden:
        return
    open_landing(space)
    texts = {text.language: text for text in space.texts.all()}
    for page in space.landing_pages.select_related("locale"):
        words = texts.get(page.source_language) or space.text
        _retitle(page, words.name, space.slug)
        # What translators see of it.
        keep_in_step(page)


def new_address(path: str, request: HttpRequest) -> str:
    """Where a landing page has gone that had the address `path` before; "" for whoever may not know its space."""
    old = ADDRESS.fullmatch(path)
    space = space_moved_from(old[1], request.user) if old else None
    if space is None:
        return ""
    page = SpacePage.objects.live().filter(space=space, place=get_language() or "").first()
    return (page.get_url(request) or "") if page else ""


def _retitle(page: SpacePage, title: str, slug: str) -> None:
    page.space = type(page.space).objects.with_texts().get(pk=page.space_id)
    page.title = page.draft_title = title
    page.slug = slug
    page.save(clean=False)
    for revision in Revision.objects.for_instance(page):
        # What an editor publishes later from a draft of today must not bring the old name back.
        words = {"title": title, "draft_title": title, "slug": slug, "url_path": page.url_path}
        Revision.objects.filter(pk=revision.pk).update(
            content={**revision.content, **words}, object_str=title
        )
    search_entries.put(page)


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
