"""Where the board and what belongs to it are reached in the CMS."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from pages.cms.passages import TranslationView


@hooks.register("register_admin_urls", order=-10)
def addresses_of_translations() -> list[URLPattern]:
    return [
        path("translations/<int:page_id>/<slug:code>/", TranslationView.as_view(), name="pages_translation"),
    ]


@hooks.register("insert_editor_js")
def open_at_one_passage() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("cms/passage.js"))
