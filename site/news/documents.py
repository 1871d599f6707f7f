"""Documents of the public site: who may fetch one, and what it truly is.

Wagtail's addresses go by number, so that the number alone opens nothing: a document is public while something
public refers to it. A draft's file, one that was taken off its page and one in a closed collection are for the
people of the CMS.
"""

from __future__ import annotations

import re
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex

from files.answers import Served, answer
from files.cleaning.kinds import content_type_of, kind_of
from news.public_page import PublicPageQuerySet
from news.resources.models import ResourcePage

CMS_RIGHT: Final = "wagtailadmin.access_admin"
# What browsers show without running anything; all else is saved.
SHOWN: Final = ("application/pdf", "image/", "audio/", "video/", "text/plain")
UNKNOWN: Final = "application/octet-stream"


# All that stands below `documents/` comes here: Wagtail's own view would ask for nothing but the number.
ADDRESS: Final = re.compile(r"(?P<pk>[0-9]{1,18})/(?P<name>[^/]+)", re.ASCII)


@require_safe
def document(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Unknown, not public, under a wrong name, gone from the disk: the ordinary 404, all the same."""
    address = ADDRESS.fullmatch(rest)
    if address is None:
        raise Http404
    found = Document.objects.select_related("collection").filter(pk=int(address["pk"])).first()
    if found is None or found.filename != address["name"]:
        raise Http404
    public = is_public(found)
    if not public and not request.user.has_perm(CMS_RIGHT):
        raise Http404
    if not found.file.storage.exists(found.file.name):
        raise Http404
    return answer(request, _served(found, public))


def is_public(document: Document) -> bool:
    if document.collection.get_view_restrictions().exists():
        return False
    # The most frequent case first, and without waiting for the index of references.
    return ResourcePage.objects.open_to_all().filter(document=document).exists() or _is_referred_to(document)


def _is_referred_to(document: Document) -> bool:
    """From a live page open to all, or from the settings of the site, which every page shows."""
    references = ReferenceIndex.get_references_to(document)
    pages = ContentType.objects.get_for_model(Page)
    from_pages = references.filter(base_content_type=pages)
    ids = from_pages.annotate(page=Cast("object_id", IntegerField())).values("page")
    if PublicPageQuerySet(Page).filter(pk__in=ids).open_to_all().exists():
        return True
    models = {reference.content_type.model_class() for reference in references.select_related("content_type")}
    return any(model and issubclass(model, (BaseGenericSetting, BaseSiteSetting)) for model in models)


def _served(document: Document, public: bool) -> Served:
    content_type = true_type(document)
    return Served(
        name=document.filename,
        content_type=content_type,
        size=document.file.size,
        etag=f'"{document.get_file_hash() or document.pk}"',
        open_=lambda: document.file.storage.open(document.file.name),
        is_shown=content_type.startswith(SHOWN),
        # Asked again each time: what is public may cease to be so with the next click of an editor.
        cache_control="public, no-cache" if public else "private, no-store",
    )


def true_type(document: Document) -> str:
    """By its bytes, whatever its name says."""
    with document.file.storage.open(document.file.name) as content:
        kind = kind_of(content)
    return content_type_of(kind, document.filename) if kind else UNKNOWN
