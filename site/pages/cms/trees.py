"""A tree into several languages: asking for it, and how far it has come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from pages import translations
from pages.cms import board
from pages.models import TreeStep, TreeTranslation
from pages.translations import trees

CRUMB = gettext_lazy("Translations")


class TreeForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        field: Any = self.fields["languages"]
        field.choices = [(code, names[code]) for code in allowed]


class TreePage(WagtailAdminTemplateMixin):
    header_icon = "wagtail-localize-language"
    root: Page

    def get_page_title(self) -> str:
        return str(self.root.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pages_translations"), "label": CRUMB},
            {"url": "", "label": self.get_page_title()},
        ]


class TreeFormView(TreePage, FormView):
    form_class = TreeForm
    template_name = "pages/cms/tree_form.html"

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        self.root = translations.source_of(get_object_or_404(Page, pk=page_id, depth__gt=1))
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = self.root.locale.language_code
        allowed = [code for code in board.languages_of(self.request.user) if code != own]
        return super().get_form_kwargs() | {"allowed": allowed}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = self.root.get_descendants(inclusive=True).filter(alias_of=None)
        return super().get_context_data(**kwargs) | {"root": self.root, "count": below.count()}

    def form_valid(self, form: TreeForm) -> HttpResponse:
        by: Any = self.request.user
        tree = trees.begin_tree(self.root, form.cleaned_data["languages"], by=by)
        return redirect("pages_tree", tree.public_id)


class TreeView(TreePage, TemplateView):
    template_name = "pages/cms/tree_detail.html"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, public_id: Any) -> HttpResponseBase:
        rows = TreeTranslation.objects.select_related("root")
        self.tree = get_object_or_404(rows, public_id=public_id)
        self.root = self.tree.root
        self.may_change = set(self.tree.languages) <= set(board.languages_of(request.user))
        return super().dispatch(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = trees.progress(self.tree)
        failed = self.tree.steps.filter(state=TreeStep.State.FAILED).select_related("page__locale")
        return super().get_context_data(**kwargs) | {
            "tree": self.tree,
            "progress": state,
            "dealt": state["done"] + state["failed"],
            "failed": failed,
            "foreground": trees.runs_in_foreground(),
            "may_change": self.may_change,
            "board_url": reverse("pages_translations"),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        verb = request.POST.get("verb")
        if verb == "go-on":
            trees.go_on(self.tree, trees.A_MOMENT)
        elif verb == "cancel":
            trees.cancel(self.tree)
            messages.success(request, _("Cancelled. What was begun stays as drafts."))
        elif verb == "again":
            trees.try_again(self.tree)
        else:
            raise Http404
        return redirect(request.path)
