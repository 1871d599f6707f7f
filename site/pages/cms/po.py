"""PO files out of /cms/ and back, in place of wagtail-localize's own: those save what they can and keep silent."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail_localize.models import Translation

from pages.cms import board
from pages.cms.translating import back, may_write, translation_for_person
from pages.po.archive import LARGEST_ARCHIVE, MOST_FILES, take_in_archive
from pages.po.export import as_bytes, as_po, as_zip, file_name
from pages.po.importing import LARGEST, Fault, Unusable, take_in


@require_safe
def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation, _page = translation_for_person(request, translation_id)
    content = as_bytes(as_po(translation))
    return _attachment(content, "text/x-gettext-translation; charset=utf-8", file_name(translation))


@require_safe
def download_language(request: HttpRequest, language: str) -> HttpResponse:
    """Every page that is being translated into `language`, as one archive."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if language not in board.languages_of(request.user):
        raise PermissionDenied
    rows = Translation.objects.select_related("source__locale", "target_locale").filter(
        enabled=True, target_locale__language_code=language
    )
    content = as_zip(rows.order_by("pk")[:MOST_FILES])
    return _attachment(content, "application/zip", f"{language}.zip")


def _attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation, page = translation_for_person(request, translation_id)
    try:
        count = take_in(translation, _sent(request, LARGEST), by=request.user)
    except Unusable as unusable:
        context: dict[str, Any] = {
            "faults": unusable.faults,
            "page_title": _("The file was not taken in"),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "download_url": reverse("wagtail_localize:download_pofile", args=[translation.pk]),
            "header_icon": "warning",
        }
        return render(request, "pages/cms/po_faults.html", context, status=422)
    words = ngettext("%(count)d passage taken in.", "%(count)d passages taken in.", count) % {"count": count}
    messages.success(request, words if count else _("Nothing in the file is different from what is here."))
    return back(request, page)


@require_POST
def upload_archive(request: HttpRequest) -> HttpResponse:
    """Of any page and language in one archive: each file is asked for by itself."""
    if not board.languages_of(request.user):
        raise PermissionDenied
    context: dict[str, Any] = {"page_title": _("What became of the files"), "header_icon": "upload"}
    try:
        raw = _sent(request, LARGEST_ARCHIVE)
        outcomes = take_in_archive(raw, partial(_translation_of, request), by=request.user)
        # What asks for something first, what changed nothing last.
        context["outcomes"] = sorted(outcomes, key=lambda one: (not one.faults, not one.count))
    except Unusable as unusable:
        context["faults"] = unusable.faults
    wrong = context.get("faults") or any(one.faults for one in context["outcomes"])
    return render(request, "pages/cms/po_archive.html", context, status=422 if wrong else 200)


def _translation_of(request: HttpRequest, identity: UUID) -> Translation | None:
    rows = Translation.objects.select_related("source__locale", "target_locale")
    translation = rows.filter(enabled=True, uuid=identity).first()
    if translation is None:
        return None
    try:
        page = translation.get_target_instance()
    except ObjectDoesNotExist:
        return None
    if not may_write(request, page):
        raise PermissionDenied
    return translation


def _sent(request: HttpRequest, largest: int) -> bytes:
    """Raises Unusable, without reading what is far too long."""
    file = request.FILES.get("file")
    if file is None:
        raise Unusable([Fault(_("Choose a file first."))])
    if (file.size or 0) > largest:
        raise Unusable([Fault(_("This file is too large."))])
    return bytes(file.read())
