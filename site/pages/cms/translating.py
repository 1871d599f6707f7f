"""Whoever works on a translation in /cms/ comes in here: one right, that of editing the page it becomes."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation

SAFE: Final = ("GET", "HEAD", "OPTIONS")


def translation_for_person(request: HttpRequest, translation_id: int) -> tuple[Translation, Page]:
    """The translation and the page it belongs to. Raises Http404, or PermissionDenied for another language's people."""
    rows = Translation.objects.select_related("source__locale", "target_locale").filter(enabled=True)
    translation = get_object_or_404(rows, pk=translation_id)
    try:
        page = translation.get_target_instance()
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    if not may_write(request, page):
        raise PermissionDenied
    return translation, page


def may_write(request: HttpRequest, page: Page) -> bool:
    """Or read, when the request only reads."""
    by: Any = request.user
    rights = page.permissions_for_user(by)
    return bool(rights.can_edit() and (request.method in SAFE or not rights.page_locked()))


def back(request: HttpRequest, page: Page) -> HttpResponse:
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk])
    )
