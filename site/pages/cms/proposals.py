"""Proposals of facilitators in the CMS: a list, one proposal, its answer, a picture taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from pages import proposals
from pages.models import LandingProposal, LandingProposalFile, SpacePage

State = LandingProposal.State


class AnswerForm(forms.Form):
    """What the editors decide. Whoever is refused something hears why."""

    state = forms.ChoiceField(label=gettext_lazy("Decision"), choices=State.choices[1:])
    words = forms.CharField(
        label=gettext_lazy("Answer to the facilitators"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("state") == State.DECLINED and not data.get("words"):
            self.add_error("words", _("Please tell the facilitators why."))
        return data


class EditorsView(WagtailAdminTemplateMixin, TemplateView):
    """For editors: not for translators, whose turn comes when the words are public."""

    page_title = gettext_lazy("Proposals")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not proposals.is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse("pages_proposals"), "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), here]


class ProposalsView(EditorsView):
    """What waits first, then the last hundred that were answered."""

    template_name = "pages/cms/proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = proposals.for_editors()
        return {
            **super().get_context_data(**kwargs),
            "waiting": rows.filter(state__in=[State.NEW, State.TAKEN]).order_by("pk"),
            "answered": rows.exclude(state__in=[State.NEW, State.TAKEN]).order_by("-changed_at")[:100],
        }


class ProposalView(EditorsView):
    template_name = "pages/cms/proposal.html"
    page_subtitle = gettext_lazy("for a landing page")

    @cached_property
    def proposal(self) -> LandingProposal:
        rows = proposals.for_editors().prefetch_related("files__stored", "files__image")
        found: LandingProposal = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = SpacePage.objects.filter(space=self.proposal.space_id).select_related("locale")
        context = {
            "proposal": self.proposal,
            "form": AnswerForm(initial={"state": self.proposal.state, "words": self.proposal.answer}),
            "pages": [page for page in pages.order_by("path") if not page.alias_of_id],
            "place": next((page for page in pages if page.place == get_language()), None),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        by: Any = request.user
        proposals.answer(self.proposal, form.cleaned_data["state"], by=by, words=form.cleaned_data["words"])
        messages.success(request, _("Saved. The facilitators hear of what was decided."))
        return redirect("pages_proposals")


class PictureView(EditorsView):
    """A picture of a proposal becomes one of the CMS."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
        seen = proposals.for_editors()
        file = get_object_or_404(
            LandingProposalFile, pk=pk, proposal__in=seen.filter(public_id=public_id).values("pk")
        )
        by: Any = request.user
        try:
            image = proposals.use_picture(file, by=by)
        except (ValueError, OSError):
            messages.error(request, _("This file cannot be used as a picture."))
        else:
            messages.success(
                request, _("The picture is among the images now: “%(title)s”.") % {"title": image}
            )
        return redirect("pages_proposal", public_id)


class ProposalsItem(MenuItem):
    """With the number that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return proposals.is_editor(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if number := proposals.waiting():
            component.label = f"{component.label} ({number})"
        return component


class ProposalsPanel(Component):
    """On the first page of the CMS, while something waits."""

    order = 50

    def render_html(self, parent_context: Any = None) -> SafeString:
        from django.template.loader import render_to_string

        number = proposals.waiting()
        if not number:
            return SafeString("")
        words = ngettext(
            "%(count)d proposal for a landing page waits for an editor.",
            "%(count)d proposals for landing pages wait for an editor.",
            number,
        )
        context = {"words": words % {"count": number}, "url": reverse("pages_proposals")}
        return render_to_string("pages/cms/proposals_panel.html", context)
