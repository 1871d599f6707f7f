"""Standing pages: about, how to join, your data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.models.written import WrittenPage


class StandardPage(WrittenPage):
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
