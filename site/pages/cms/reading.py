"""Going over a translation: each passage beside its source, with the glossary, on one plain page.

Works without JavaScript, in one form: a slow line asks for one answer, not one per passage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation

from news.public_page import direction_of
from pages.cms import editor
from pages.cms.translating import translation_for_person
from pages.glossary.lookup import Doubt, Glossary, Hint
from pages.passages import Change, Passage, passages, trouble_with, write


@dataclass
class Row:
    """One passage as it is shown, `typed` being what stands in its field."""

    passage: Passage
    typed: str
    stamp: str
    trouble: str = ""
    read: bool = False
    hints: list[Hint] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    earlier: dict[str, Any] | None = None  # what the source said before, when it has changed

    @property
    def change(self) -> Change | None:
        """What saving would write: other words, or the same ones gone over."""
        different = self.typed != self.passage.words
        if different or (self.read and self.passage.is_unread and self.typed):
            return Change(self.passage, self.typed)
        return None


class ReadingView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/cms/reading.html"
    page_title = gettext_lazy("Going over a translation")
    header_icon = "wagtail-localize-language"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.translation, self.target = translation_for_person(request, kwargs["translation_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.target.draft_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": reverse("pages_translations"), "label": _("Translations")}
        return [*super().get_breadcrumbs_items(), board, {"url": "", "label": self.get_page_title()}]

    def rows(self) -> list[Row]:
        return [Row(passage, passage.words, _stamp(passage)) for passage in passages(self.translation)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        source, target = _languages(self.translation)
        rows = kwargs.get("rows") or self.rows()
        _put_glossary_beside(rows, Glossary(source, target))
        _put_earlier_beside(rows, self.translation)
        show = self.request.GET.get("show", "")
        context["all_rows"] = rows
        context["rows"] = [row for row in rows if row.trouble or _is_shown(row, show)]
        context["unread"] = sum(row.passage.is_unread for row in rows)
        context["show"] = show
        context["doubtful"] = sum(bool(row.doubts) for row in rows)
        context["edit_url"] = reverse("wagtailadmin_pages:edit", args=[self.target.pk])
        context["source"], context["target"] = source, target
        context["source_direction"], context["target_direction"] = direction_of(source), direction_of(target)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = [_as_sent(row, request) for row in self.rows()]
        if any(row.trouble for row in rows):
            messages.error(request, _("Nothing was saved yet: please look at the passages marked below."))
            return self.render_to_response(self.get_context_data(rows=rows))
        count = write(self.translation, [row.change for row in rows if row.change], by=request.user)
        saved = ngettext("%(count)d passage saved.", "%(count)d passages saved.", count) % {"count": count}
        messages.success(request, saved if count else _("Nothing was different."))
        return redirect(request.get_full_path())


def _is_shown(row: Row, show: str) -> bool:
    if show == "doubts":
        return bool(row.doubts)
    return show != "open" or row.passage.is_open


def _as_sent(row: Row, request: HttpRequest) -> Row:
    """With what came from the form; a passage the form did not have stays as it is."""
    key = row.passage.key
    sent = request.POST.get(f"words-{key}")
    if sent is None:
        return row
    # A passage is one line; a browser breaks lines as \r\n.
    row.typed = " ".join(sent.split())
    row.read = f"read-{key}" in request.POST
    if row.change:
        stamp = request.POST.get(f"stamp-{key}")
        row.trouble = _overtaken(row.passage) if stamp != row.stamp else trouble_with(row.passage, row.typed)
    return row


def _overtaken(passage: Passage) -> str:
    return _("Somebody else changed this passage meanwhile. They wrote: %(words)s") % {
        "words": passage.words or "–"
    }


def _stamp(passage: Passage) -> str:
    """Of what the person saw, so that nobody overwrites what they have not seen."""
    seen = f"{passage.source}\0{passage.words}\0{passage.kind}"
    return hashlib.blake2b(seen.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _put_glossary_beside(rows: list[Row], glossary: Glossary) -> None:
    for row in rows:
        if not row.passage.is_address:
            row.hints = glossary.hints(row.passage.source)
            row.doubts = glossary.doubts(row.passage.source, row.typed)


def _put_earlier_beside(rows: list[Row], translation: Translation) -> None:
    earlier = {one["passage"].segment.string_id: one for one in editor.earlier(translation)}
    for row in rows:
        row.earlier = earlier.get(row.passage.string_id)


def _languages(translation: Translation) -> tuple[str, str]:
    return translation.source.locale.language_code, translation.target_locale.language_code
