"""The public face of a space, for its facilitators: words, address, figures, names, proposals, hiding."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import founding, presenting
from communities.models import Space
from communities.views.door import SignedInRequest, View, space_or_404
from files.cleaning import told
from pages import proposals
from pages.forms import AddressForm, FacilitatorNameForm, FiguresForm, ProposalForm, SpaceWordsForm
from pages.models import SpacePage


def managed(public: bool = False) -> Callable[[View], View]:
    """Hands the view its space. `public`: what a hidden space does not have leads back to what it has."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            here = space_or_404(request, slug, "manage")
            if public and here.is_hidden:
                return redirect("space_landing", here.slug)
            return view(request, here, *args, **kwargs)

        return guarded

    return decorate


def _answer(request: SignedInRequest, here: Space, template: str, **context: Any) -> HttpResponse:
    status = 422 if getattr(context.get("form"), "errors", None) else 200
    return render(
        request, f"pages/desk/{template}.html", {"space": here, "tab": "landing", **context}, status=status
    )


@require_safe
@managed()
def landing(request: SignedInRequest, here: Space) -> HttpResponse:
    return _desk(request, here)


def _desk(request: SignedInRequest, here: Space, **forms_with_errors: forms.Form) -> HttpResponse:
    own = here.memberships.filter(user=request.user).first()
    page = SpacePage.objects.live().filter(space=here, place=get_language() or "").first()
    texts = {text.language: text for text in here.texts_in_order()}
    name = {"shown": own.shown_publicly, "public_name": own.public_name} if own else {}
    context: dict[str, Any] = {
        "page_url": page.get_url(request) if page else "",
        "texts": [(code, texts.get(code)) for code, _name in settings.LANGUAGES],
        "figures_form": FiguresForm(initial={"figures": here.figures}),
        # With a grant and no membership there is nobody to name.
        "name_form": FacilitatorNameForm(initial=name) if own else None,
        "proposals": here.landing_proposals.select_related("by").order_by("-pk")[:30],
        "mentions": presenting.mentions(here) if here.is_hidden else [],
    }
    return _answer(request, here, "landing", **{**context, **forms_with_errors})


@require_http_methods(["GET", "HEAD", "POST"])
@managed()
def words(request: SignedInRequest, here: Space, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    text = next((text for text in here.texts_in_order() if text.language == language), None)
    known = {"name": text.name, "purpose": text.purpose} if text else {}
    form = SpaceWordsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        presenting.write(here, language, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The public page says it already."))
        return redirect("space_landing", here.slug)
    return _answer(request, here, "words", form=form, written_in=language)


@require_http_methods(["GET", "HEAD", "POST"])
@managed(public=True)
def address(request: SignedInRequest, here: Space) -> HttpResponse:
    form = AddressForm(request.POST or None, space=here, initial={"slug": here.slug})
    if request.method == "POST" and form.is_valid():
        try:
            presenting.readdress(here, form.cleaned_data["slug"], by=request.user)
        except presenting.AddressTaken:  # by somebody else, a moment ago
            form.add_error("slug", _("This address is taken. Please choose another one."))
        else:
            messages.success(request, _("The space has its new address. The old one leads here."))
            return redirect("space_landing", here.slug)
    return _answer(request, here, "address", form=form)


@require_POST
@managed(public=True)
def figures(request: SignedInRequest, here: Space) -> HttpResponse:
    form = FiguresForm(request.POST)
    if not form.is_valid():
        return _desk(request, here, form=form, figures_form=form)
    presenting.agree_to_figures(here, form.cleaned_data["figures"], by=request.user)
    messages.success(request, _("Saved. The public page says it already."))
    return redirect("space_landing", here.slug)


@require_POST
@managed(public=True)
def facilitator(request: SignedInRequest, here: Space) -> HttpResponse:
    """Only oneself: nobody names somebody else on the open web."""
    own = get_object_or_404(here.memberships.all(), user=request.user)
    form = FacilitatorNameForm(request.POST)
    if not form.is_valid():
        return _desk(request, here, form=form, name_form=form)
    presenting.be_named(own, **form.cleaned_data)
    messages.success(request, _("Saved. The public page says it already."))
    return redirect("space_landing", here.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@managed(public=True)
def proposal_new(request: SignedInRequest, here: Space) -> HttpResponse:
    form = ProposalForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = proposals.propose(here, by=request.user, **form.cleaned_data)
        messages.success(request, _("The editors have it. You hear from them by mail."))
        for sentence in told(form.cleaned_data["files"]):
            messages.info(request, sentence)
        return redirect(made)
    return _answer(request, here, "proposal_form", form=form)


@require_safe
@managed(public=True)
def proposal(request: SignedInRequest, here: Space, public_id: str) -> HttpResponse:
    rows = here.landing_proposals.select_related("by").prefetch_related("files__stored")
    return _answer(request, here, "proposal", proposal=get_object_or_404(rows, public_id=public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@managed()
def hiding(request: SignedInRequest, here: Space) -> HttpResponse:
    """Says beforehand what goes, what stays, and what nobody can take back."""
    if here.is_hidden:
        return redirect("space_landing", here.slug)
    if request.method != "POST":
        return _answer(request, here, "hiding", mentions=presenting.mentions(here))
    with transaction.atomic():
        here = Space.objects.select_for_update().with_texts().get(pk=here.pk)
        if not here.is_hidden:
            founding.hide(here, by=request.user)
    messages.success(
        request,
        _(
            "The space is hidden. Search engines and archives may still hold the old page for some weeks: "
            "ask them to remove it if that matters."
        ),
    )
    return redirect("space_landing", here.slug)
