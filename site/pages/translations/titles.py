"""The title that the CMS shows of a page in translation follows what the translator has written so far."""

from __future__ import annotations

from typing import Any, Final

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, post_save_string_translation

LONGEST: Final = Page._meta.get_field("draft_title").max_length


def listen() -> None:
    """In place of wagtail-localize's own, which on PostgreSQL falls over a title longer than the column.

    Publishing says in words that it is too long; until then the lists of the CMS show how it begins.
    """
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)
    post_save.connect(title_written, sender=StringTranslation, dispatch_uid="pages.title_written")


def title_written(sender: Any, instance: StringTranslation, **kwargs: Any) -> None:
    if instance.context is not None and instance.context.path == "title":
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale_id=instance.locale_id)
        pages.update(draft_title=instance.data[:LONGEST])
