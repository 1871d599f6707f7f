"""What follows when a page is published, withdrawn, moved or deleted: the one place that hears Wagtail's signals."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from news.comments.hearing import page_about_to_go
from news.public_page import PublicPage
from pages import search_entries, translations
from pages.models import Wish


def listen() -> None:
    page_published.connect(published, dispatch_uid="pages.published")
    page_unpublished.connect(unpublished, dispatch_uid="pages.unpublished")
    page_slug_changed.connect(readdressed, dispatch_uid="pages.readdressed")
    post_page_move.connect(moved, dispatch_uid="pages.moved")
    pre_delete.connect(about_to_go, dispatch_uid="pages.about_to_go")
    post_save.connect(restricted, sender=PageViewRestriction, dispatch_uid="pages.restricted")
    post_delete.connect(restricted, sender=PageViewRestriction, dispatch_uid="pages.opened")


def published(sender: Any, instance: Page, alias: bool = False, **kwargs: Any) -> None:
    if alias or instance.alias_of_id or not isinstance(instance, PublicPage):
        return
    search_entries.put(instance)
    translations.keep_in_step(instance)


def unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Its place goes on answering when the source is still there."""
    if isinstance(instance, PublicPage) and not instance.alias_of_id:
        search_entries.drop(instance)
        translations.withdraw(instance)


def readdressed(sender: Any, instance: Page, **kwargs: Any) -> None:
    for page in instance.get_descendants(inclusive=True).live().specific():
        if isinstance(page, PublicPage):
            search_entries.put(page)


def restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Closed or opened in one language is so in all: search must follow at once."""
    page = Page.objects.filter(pk=instance.page_id).first()
    for member in page.get_translations(inclusive=True) if page else ():
        readdressed(sender, member)


def moved(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Stand-ins follow their source into the corresponding branch of their own tree."""
    readdressed(sender, instance)
    for alias in instance.aliases.exclude(locale_id=instance.locale_id):
        parent = parent_page_after.get_translation_or_none(alias.locale_id)
        if parent is not None and not alias.is_child_of(parent):
            alias.move(parent, pos="last-child")


def about_to_go(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Stand-ins go with their source: left behind, Wagtail would make them pages in the wrong language.

    A translation that is deleted leaves a stand-in behind, once the deletion is certain. When the source goes, what was
    made from it stands by itself, and stands in where nothing is any more.
    """
    if not isinstance(instance, PublicPage):
        return
    search_entries.drop(instance)
    page_about_to_go(instance)
    for alias in Page.objects.filter(alias_of_id=instance.pk):
        alias.delete()
    translation = None if instance.alias_of_id else translations.translation_for(instance)
    if translation is not None:
        key, source, locale = instance.translation_key, translation.source.locale_id, instance.locale_id
        transaction.on_commit(lambda: _stand_in_again(key, source, locale))
    elif not instance.alias_of_id:
        key = instance.translation_key
        Wish.objects.filter(translation_key=key).delete()
        transaction.on_commit(lambda: _go_on_without_source(key))


def _go_on_without_source(translation_key: Any) -> None:
    left = (
        Page.objects.filter(translation_key=translation_key, alias_of=None, live=True).order_by("pk").first()
    )
    if left is not None and isinstance(left.specific, PublicPage):
        translations.keep_in_step(left.specific)


def _stand_in_again(translation_key: Any, source_locale: int, locale: int) -> None:
    source = Page.objects.filter(translation_key=translation_key, locale=source_locale).first()
    if source is not None:
        translations.stand_in(source.specific, Locale.objects.get(pk=locale))
