"""Where the board and what belongs to it are reached in the CMS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.cms.passages import TranslationView
from pages.cms.trees import TreeFormView, TreeView


@hooks.register("register_admin_urls", order=-10)
def addresses_of_translations() -> list[URLPattern]:
    return [
        path("translations/<int:page_id>/<slug:code>/", TranslationView.as_view(), name="pages_translation"),
        path("translations/trees/new/<int:page_id>/", TreeFormView.as_view(), name="pages_tree_new"),
        path("translations/trees/<uuid:public_id>/", TreeView.as_view(), name="pages_tree"),
    ]


@hooks.register("insert_editor_js")
def open_at_one_passage() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("cms/passage.js"))


@hooks.register("register_page_header_buttons")
def translate_the_tree(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.depth > 1 and page.numchild and user.has_perm("wagtail_localize.submit_translation"):
        address = reverse("pages_tree_new", args=[page.pk])
        yield Button(
            _("Translate everything below"), address, icon_name="wagtail-localize-language", priority=61
        )
