"""Lists of pages: an introduction, and rows on pages of twelve."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from news.public_page import PublicPage

PER_PAGE = 12


class IndexPage(PublicPage):
    intro = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True


def asked_page(rows: Any, request: HttpRequest) -> Any:
    """Raises Http404 beyond the end and for what is no number; the first page may be empty."""
    pages = Paginator(rows, PER_PAGE)
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= pages.num_pages:
        raise Http404
    return pages.page(int(number[:9]))
