"""Forgetting a space that has become hidden: every trace of its landing pages in Wagtail's own tables.

Named here by table, because Wagtail keeps a page's title in its log after the page is gone, and wagtail-localize
keeps strings. `tests/pages/test_purge.py` reads every table of the database for the old words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.index import insert_or_update_object
from wagtail.search.models import IndexEntry
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from files import store
from news.public_page import PublicPage
from pages import search_entries, translations
from pages.models import Baseline, LandingProposal, LandingProposalFile, SpacePage
from pages.unlinking import Gone, unlink_rows, unlinked_content
from search import entries
from search.rebuilding import merge_indexes

if TYPE_CHECKING:
    from communities.models import Space

STANDING_IN_A_CONTEXT: Final = (
    *(StringTranslation, SegmentOverride),
    *(StringSegment, TemplateSegment, OverridableSegment, RelatedObjectSegment),
)


@transaction.atomic
def forget(space: Space, old_slug: str, old_names: list[str]) -> None:
    """For `communities.hooks.on_hide`. In the caller's transaction, by id first and then by the old words."""
    pages = list(SpacePage.objects.filter(space=space))
    ids = [page.pk for page in pages]
    keys = {page.translation_key for page in pages}
    entries.drop(SpacePage.kind, *ids)
    _forget_proposals(space, ids)
    _forget_links(Gone(set(ids), old_slug))
    _forget_contexts(TranslationContext.objects.filter(object_id__in=keys))
    TranslationSource.objects.filter(object_id__in=keys).delete()
    TranslatableObject.objects.filter(translation_key__in=keys).delete()
    # Stand-ins go with their source; what is left is looked up again each time.
    while (page := SpacePage.objects.filter(space=space).first()) is not None:
        page.delete()
    _forget_rows(ids)
    _forget_words(ids, old_slug, old_names)
    merge_indexes()


def mentions(space: Space) -> list[tuple[str, str]]:
    """For `communities.hooks.on_mentions`: what everyone may read elsewhere and says one of its names."""
    own = SpacePage.objects.filter(space=space).values_list("pk", flat=True)
    names = [text.name for text in space.texts.all()]
    return entries.saying(names, without={SpacePage.kind: own})


def _forget_proposals(space: Space, ids: list[int]) -> None:
    """With their files, and with the pictures that were made public of them unless another page shows them."""
    files = LandingProposalFile.objects.filter(proposal__space=space).select_related("stored")
    images = get_image_model().objects.filter(pk__in=files.exclude(image=None).values("image"))
    for image in list(images):
        texts = [str(pk) for pk in ids]
        if not ReferenceIndex.get_references_to(image).exclude(object_id__in=texts).exists():
            image.delete()
    kept = [file.stored for file in files]
    LandingProposal.objects.filter(space=space).delete()
    for stored in kept:
        store.discard(stored)


def _forget_links(gone: Gone) -> None:
    """Blocks and links of other pages, in what is live, in every revision and in what translators see."""
    changed = [row for row in unlink_rows(gone) if not _is_landing(row, gone)]
    _forget_links_in_copies(gone)
    for page in {row.pk: row for row in changed if isinstance(row, PublicPage)}.values():
        blocks = Q()
        for block in gone.touched:
            blocks |= Q(path__contains=block)
        _forget_contexts(TranslationContext.objects.filter(blocks, object_id=page.translation_key))
        _forget_baselines(page, gone.touched)
        page.refresh_from_db()
        search_entries.put(page)
        insert_or_update_object(page)
        ReferenceIndex.create_or_update_for_object(page)
        translations.keep_in_step(page)


def _forget_baselines(page: PublicPage, touched: set[str]) -> None:
    """What the board keeps of the passages that readers of a translation see."""

    def stays(path: str) -> bool:
        return not any(block in path for block in touched)

    for baseline in Baseline.objects.filter(translation__source__object_id=page.translation_key):
        baseline.passages = [row for row in baseline.passages if stays(row[0])]
        baseline.values = {path: value for path, value in baseline.values.items() if stays(path)}
        baseline.save(update_fields=["passages", "values"])


def _is_landing(row: Any, gone: Gone) -> bool:
    return isinstance(row, SpacePage) and row.pk in gone.ids


def _forget_links_in_copies(gone: Gone) -> None:
    copies = Revision.objects.annotate(raw=Cast("content", models.TextField())).filter(gone.may_be_in("raw"))
    for revision in copies.select_related("content_type").iterator(chunk_size=100):
        model = revision.content_type.model_class()
        if model and (left := unlinked_content(revision.content, model, gone)) != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=left)
    sources = TranslationSource.objects.filter(gone.may_be_in("content_json"))
    for source in sources.select_related("specific_content_type").iterator(chunk_size=100):
        model, content = source.specific_content_type.model_class(), json.loads(source.content_json)
        if model and (left := unlinked_content(content, model, gone)) != content:
            TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(left))


def _forget_contexts(contexts: QuerySet[TranslationContext]) -> None:
    """Places in a page, with the strings that stood there and nowhere else."""
    chosen = list(contexts.values_list("pk", flat=True))
    contexts = TranslationContext.objects.filter(pk__in=chosen)
    strings = set(contexts.values_list("stringsegment__string_id", flat=True))
    strings |= set(contexts.values_list("translations__translation_of_id", flat=True))
    templates = set(contexts.values_list("templatesegment__template_id", flat=True))
    for model in STANDING_IN_A_CONTEXT:
        model._default_manager.filter(context__in=chosen).delete()
    contexts.delete()
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


def _forget_words(ids: list[int], old_slug: str, old_names: list[str]) -> None:
    """Redirects to or through the old address, and labels that were kept under another page's id."""
    Redirect.objects.filter(
        Q(old_path__contains=f"/{old_slug}") | Q(redirect_link__contains=f"/{old_slug}")
    ).delete()
    for word in filter(None, [*old_names, old_slug]):
        # SQLite keeps what is not ASCII escaped.
        escaped = json.dumps(word)[1:-1]
        said = Q(label=word) | Q(data__icontains=word) | Q(data__icontains=escaped)
        PageLogEntry.objects.filter(said).delete()
        ModelLogEntry.objects.filter(said).delete()
