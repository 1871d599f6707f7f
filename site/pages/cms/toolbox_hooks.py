"""What translators find in /cms/ beside wagtail-localize's editor: drafts, passages, glossary, PO files."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.cms import glossary, machine, po, reading, values

# Before wagtail-localize's, which are registered with order 0.
FIRST = -10


@hooks.register("register_admin_urls", order=FIRST)
def addresses() -> list[URLPattern]:
    # wagtail-localize's addresses for drafts and PO files answer with ours.
    return [
        path(
            "translations/reading/<int:translation_id>/", reading.ReadingView.as_view(), name="pages_reading"
        ),
        path("translations/po/<str:language>.zip", po.download_language, name="pages_po"),
        path("translations/po/", po.upload_archive, name="pages_po_archive"),
        path("localize/translate/<int:translation_id>/machine_translate/", machine.draft, name="pages_draft"),
        path(
            "localize/translate/<int:translation_id>/pofile/download/", po.download, name="pages_po_download"
        ),
        path("localize/translate/<int:translation_id>/pofile/upload/", po.upload, name="pages_po_upload"),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            values.choose,
            name="pages_value",
        ),
        path("glossary/", glossary.GlossaryView.as_view(), name="pages_glossary"),
        path("glossary/new/", glossary.TermView.as_view(), name="pages_term_new"),
        path("glossary/<int:pk>/", glossary.TermView.as_view(), name="pages_term"),
        path("glossary/<int:pk>/delete/", glossary.delete, name="pages_term_delete"),
    ]


@hooks.register("register_admin_menu_item")
def glossary_menu_item() -> MenuItem:
    return MenuItem(gettext_lazy("Glossary"), reverse("pages_glossary"), icon_name="openquote", order=260)
