"""Our own pages inside /cms/: beginning a translation, and what is waiting to be translated."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views import account
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm

from news.public_page import PublicPage
from pages import translations
from pages.cms import board, doubts
from pages.models import TreeTranslation
from themes.models import Theme


def nothing_here(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


class AccountView(account.AccountView):
    """How the CMS looks to me. Name, address and picture are the profile's, in `profiles`."""

    def get_panels(self) -> list[Any]:
        ours = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel, account.ChangePasswordPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, ours)]


class BeginTranslationView(SubmitPageTranslationView):
    """Wagtail-localize's form in front of our own verb, for the languages whose pages the person may edit."""

    def get_object(self) -> PublicPage:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"])
        if page.depth < 2:
            raise Http404
        return translations.source_of(page)

    def get_form(self) -> SubmitTranslationForm:
        form = super().get_form()
        allowed = board.languages_of(self.request.user)
        if not allowed:
            raise PermissionDenied
        locales = form.fields["locales"]
        locales.queryset = locales.queryset.filter(language_code__in=allowed)
        # One page at a time: a whole tree is hundreds of queries per page.
        del form.fields["include_subtree"]
        return form

    def form_valid(self, form: SubmitTranslationForm) -> HttpResponse:
        codes = [locale.language_code for locale in form.cleaned_data["locales"]]
        translations.translate(self.object, codes, by=self.request.user)
        messages.success(
            self.request, _("The strings are ready to be translated. Readers see nothing of it yet.")
        )
        if len(codes) == 1:
            there = self.object.get_translation(Locale.objects.get(language_code=codes[0]))
            return redirect("wagtailadmin_pages:edit", there.pk)
        return redirect("pages_translations")


def refresh(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """In place of wagtail-localize's "Sync": publishing did it already; nothing is ever published from here."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = source.get_source_instance()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        translations.keep_in_step(page, thoroughly=True)
    messages.success(request, _("The translators see this page as it is published now."))
    return redirect("pages_translations")


class TranslationsView(WagtailAdminTemplateMixin, TemplateView):
    """Every page in every language: missing, draft, machine draft, out of date, published."""

    template_name = "pages/cms/translations.html"
    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    per_page = 30

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = board.Asked.read(self.request.GET)
        found = board.board(self.request.user, asked)
        pages = Paginator(found.rows, self.per_page)
        page = pages.get_page(self.request.GET.get("p"))
        doubts.mark(page.object_list)
        return super().get_context_data(**kwargs) | {
            "rows": page,
            "items": page,
            "elided_page_range": pages.get_elided_page_range(page.number),
            "asked": asked,
            "board": found,
            "languages": board.codes(),
            "states": board.State.choices,
            "ages": board.AGES,
            "themes": Theme.objects.with_names(),
            "here": reverse("pages_translations"),
            "trees": TreeTranslation.objects.unfinished().select_related("root"),
        }
