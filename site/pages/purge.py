"""Forgetting a space that has become hidden: every trace of its landing pages in Wagtail's own tables.

Named here by table, because Wagtail keeps a page's title in its log after the page is gone, and wagtail-localize
keeps strings. `tests/pages/test_purge.py` reads every text column of both for the old name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    Template,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from pages.models import SpacePage
from search import entries

if TYPE_CHECKING:
    from communities.models import Space


@transaction.atomic
def forget(space: Space, old_slug: str, old_names: list[str]) -> None:
    """For `communities.hooks.on_hide`. In the caller's transaction, by id first and then by the old words."""
    pages = list(SpacePage.objects.filter(space=space))
    ids = [page.pk for page in pages]
    keys = {page.translation_key for page in pages}
    entries.drop(SpacePage.kind, *ids)
    _forget_translations(keys)
    # Stand-ins go with their source; what is left is looked up again each time.
    while (page := SpacePage.objects.filter(space=space).first()) is not None:
        page.delete()
    _forget_rows(ids)
    _forget_words(old_slug, old_names)


def _forget_translations(keys: set[Any]) -> None:
    contexts = TranslationContext.objects.filter(object_id__in=keys)
    strings = set(contexts.values_list("stringsegment__string_id", flat=True))
    strings |= set(contexts.values_list("translations__translation_of_id", flat=True))
    templates = set(contexts.values_list("templatesegment__template_id", flat=True))
    StringTranslation.objects.filter(context__in=contexts).delete()
    SegmentOverride.objects.filter(context__in=contexts).delete()
    TranslationSource.objects.filter(object_id__in=keys).delete()
    contexts.delete()
    TranslatableObject.objects.filter(translation_key__in=keys).delete()
    # Texts are shared between pages: only those that nobody else says any more.
    String.objects.filter(pk__in=strings - {None}, segments=None, translations=None).delete()
    Template.objects.filter(pk__in=templates - {None}, segments=None).delete()


def _forget_rows(ids: list[int]) -> None:
    types = ContentType.objects.get_for_models(Page, SpacePage).values()
    texts = [str(pk) for pk in ids]
    PageLogEntry.objects.filter(page_id__in=ids).delete()
    ModelLogEntry.objects.filter(content_type__in=types, object_id__in=texts).delete()
    Revision.objects.filter(base_content_type__in=types, object_id__in=texts).delete()
    ReferenceIndex.objects.filter(
        Q(base_content_type__in=types, object_id__in=texts)
        | Q(to_content_type__in=types, to_object_id__in=texts)
    ).delete()
    IndexEntry.objects.filter(content_type__in=types, object_id__in=texts).delete()


def _forget_words(old_slug: str, old_names: list[str]) -> None:
    """Redirects to or through the old address, and labels that were kept under another page's id."""
    Redirect.objects.filter(
        Q(old_path__contains=f"/{old_slug}") | Q(redirect_link__contains=f"/{old_slug}")
    ).delete()
    for name in filter(None, old_names):
        PageLogEntry.objects.filter(Q(label=name) | Q(data__icontains=name)).delete()
