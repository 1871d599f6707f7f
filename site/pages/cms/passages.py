"""One page in one language: what changed, side by side, and the words for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from news.public_page import direction_of
from pages import translations, values
from pages.cms.editor import sides
from pages.cms.facts import Facts, locale_of
from pages.glossary.lookup import Glossary


class TranslationView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/cms/translation.html"
    header_icon = "wagtail-localize-language"
    http_method_names = ["get", "post", "head"]
    typed: dict[str, str]

    def dispatch(self, request: HttpRequest, page_id: int, code: str) -> HttpResponseBase:
        locale = locale_of(code)
        if locale is None:
            messages.error(request, _("This language is switched off at the moment."))
            return redirect("pages_translations")
        self.typed, self.code = {}, code
        self.source = translations.source_of(get_object_or_404(Page, pk=page_id, depth__gt=1))
        self.there = self.source.get_translation_or_none(locale)
        found = translations.translation_for(self.there) if self.there else None
        self.translation: Any = found if found and found.enabled else None
        return super().dispatch(request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.translation is None:
            begin = reverse("wagtail_localize:submit_page_translation", args=[self.source.pk])
            return redirect(f"{begin}?select_locale={self.code}")
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.source.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pages_translations"), "label": _("Translations")},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def may_write(self) -> bool:
        return self.there.permissions_for_user(self.request.user).can_edit()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Words for one passage. What was typed is never lost, whatever became of the passage meanwhile."""
        if self.translation is None:
            raise Http404
        if not self.may_write:
            raise PermissionDenied
        words, number = request.POST.get("words", ""), request.POST.get("segment", "")
        segments = self.translation.source.stringsegment_set.select_related("string")
        segment = segments.filter(pk=number).first() if number.isascii() and number.isdigit() else None
        if segment is None:
            messages.error(
                request, _("This passage has changed meanwhile. Your words stand above the passages.")
            )
            self.typed = {"": words}
            return self.render_to_response(self.get_context_data())
        return self._write(segment, words)

    def _write(self, segment: StringSegment, words: str) -> HttpResponse:
        by: Any = self.request.user
        earlier = self.request.POST.get("verb") == "earlier"
        try:
            (translations.put_earlier_words if earlier else translations.put)(
                self.translation, segment, words, by
            )
        except ValueError as error:
            messages.error(self.request, str(error) or _("Write something first."))
            self.typed = {str(segment.pk): words}
            return self.render_to_response(self.get_context_data())
        return redirect(f"{self.request.path}#passage-{segment.pk}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        mine = [self.code] if self.may_write else []
        cells = Facts().row(self.source.translation_key, mine).cells
        context |= {
            "cell": next(cell for cell in cells if cell.language == self.code),
            "source": self.source,
            "source_language": self.translation.source.locale.language_code,
            "code": self.code,
            "direction": direction_of(self.code),
            "there": self.there,
            "passages": self.cards(self.translation),
            "values": self.values(self.translation),
            "may_write": self.may_write,
            "may_publish": self.there.permissions_for_user(self.request.user).can_publish(),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.there.pk]),
            "lost": self.typed.get("", ""),
        }
        return context

    def cards(self, translation: Translation) -> list[dict[str, Any]]:
        glossary = Glossary(translation.source.locale.language_code, self.code)
        cards = [self.card(one) for one in translations.changes(translation)]
        for card in cards:
            if card["number"] and card["passage"].path != "slug":
                card["hints"] = glossary.hints(card["passage"].after)
                card["doubts"] = glossary.doubts(card["passage"].after, card["words"])
        return cards

    def card(self, passage: translations.Passage) -> dict[str, Any]:
        number = str(passage.segment.pk) if passage.segment else ""
        return {
            "passage": passage,
            "field": self.label(passage.field),
            **sides(passage),
            "number": number,
            "words": self.typed.get(number, passage.words) if number else "",
            "earlier": passage.tool == translations.EARLIER_WORDS,
        }

    def label(self, name: str) -> str:
        try:
            return str(capfirst(self.source._meta.get_field(name).verbose_name))
        except FieldDoesNotExist:
            return name

    def values(self, translation: Translation) -> list[tuple[str, Any, Any]]:
        """(field, before, now) of what is no words, as people call it."""
        changed = translations.changed_values(translation)
        if not changed:
            return []
        chosen = [(path, value) for path, old, new in changed for value in (old, new) if value is not None]
        names = values.named(translation.source.as_instance(), chosen)
        return [
            (self.label(path.partition(".")[0]), names.get((path, old)), names.get((path, new)))
            for path, old, new in changed
        ]
