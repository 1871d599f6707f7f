"""The glossary in /cms/: editors keep the terms, translators the wordings of their languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from news.public_page import direction_of
from pages.cms import board
from pages.models import HomePage, Term, Wording

PER_PAGE = 50


def may_keep_terms(user: Any) -> bool:
    """Whoever may add pages in every language: editors. A term is in all languages at once."""
    homes = HomePage.objects.order_by("path")
    return bool(homes) and all(home.permissions_for_user(user).can_add_subpage() for home in homes)


class GlossaryView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/cms/glossary.html"
    page_title = gettext_lazy("Glossary")
    header_icon = "openquote"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.request.GET.get("q", "").replace("\0", "").strip()[:100]
        pages = Paginator(Term.objects.said(asked).with_wordings().order_by("pk"), PER_PAGE)
        codes = board.codes()
        context["asked"], context["languages"] = asked, codes
        context["page_obj"] = pages.get_page(self.request.GET.get("page"))
        context["rows"] = [(term, _by_language(term, codes)) for term in context["page_obj"]]
        context["may_keep_terms"] = may_keep_terms(self.request.user)
        context["may_write"] = bool(board.languages_of(self.request.user))
        return context


def _by_language(term: Term, codes: list[str]) -> list[Wording | None]:
    found = {wording.language: wording for wording in term.wordings.all()}
    return [found.get(code) for code in codes]


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["theme"]


class WordingForm(forms.ModelForm):
    """One language's share. Empty fields take the wording away."""

    class Meta:
        model = Wording
        fields = ["words", "also", "avoid", "note"]

    def __init__(self, *args: Any, mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = self.instance.language
        self.direction = direction_of(self.language)
        for name, field in self.fields.items():
            field.disabled = not mine
            field.widget.attrs.update(
                {"dir": "auto"} if name == "note" else {"lang": self.language, "dir": self.direction}
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        said = cleaned.get("words", "")
        if not said and any(cleaned.get(name) for name in ("also", "avoid", "note")):
            self.add_error("words", _("Write the preferred wording first."))
        others = Wording.objects.filter(language=self.language, words__iexact=said).exclude(
            pk=self.instance.pk
        )
        if said and others.exists():
            self.add_error("words", _("The glossary has this wording already, in another term."))
        return cleaned

    def save(self, commit: bool = True) -> Wording:
        if self.instance.words:
            return super().save(commit)
        if self.instance.pk:
            self.instance.delete()
        return self.instance


class TermView(WagtailAdminTemplateMixin, TemplateView):
    """One term with its wordings; a new one without a number."""

    template_name = "pages/cms/term.html"
    header_icon = "openquote"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.term = get_object_or_404(Term, pk=kwargs["pk"]) if "pk" in kwargs else Term()
        self.mine, self.keeps = board.languages_of(request.user), may_keep_terms(request.user)
        if not self.keeps and (self.term.pk is None or not self.mine):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Term of the glossary") if self.term.pk else _("New term")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        glossary = {"url": reverse("pages_glossary"), "label": _("Glossary")}
        return [*super().get_breadcrumbs_items(), glossary, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "form" not in kwargs:
            context["form"], context["wordings"] = self.forms(None)
        context["may_delete"] = self.keeps and self.term.pk
        return context

    def forms(self, data: Any) -> tuple[TermForm, list[WordingForm]]:
        form = TermForm(data, instance=self.term, prefix="term")
        form.fields["theme"].disabled = not self.keeps
        found = {wording.language: wording for wording in self.term.wordings.all()} if self.term.pk else {}
        return form, [
            WordingForm(
                data,
                instance=found.get(code, Wording(language=code)),
                prefix=code,
                mine=code in self.mine,
            )
            for code, _name in settings.LANGUAGES
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, wordings = self.forms(request.POST)
        # Every form is asked, so that all that is wrong is said at once.
        if not all([form.is_valid(), *(one.is_valid() for one in wordings)]):
            return self.render_to_response(self.get_context_data(form=form, wordings=wordings))
        if not any(one.cleaned_data["words"] for one in wordings):
            messages.error(request, _("Write the term in one language at least."))
            return self.render_to_response(self.get_context_data(form=form, wordings=wordings))
        with transaction.atomic():
            term = form.save()
            for one in wordings:
                one.instance.term = term
                if one.has_changed():
                    one.save()
        messages.success(request, _("Saved."))
        return redirect("pages_glossary")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_keep_terms(request.user):
        raise PermissionDenied
    deleted, _rows = Term.objects.filter(pk=pk).delete()
    if not deleted:
        raise Http404
    messages.success(request, _("The term is gone from the glossary."))
    return redirect("pages_glossary")
