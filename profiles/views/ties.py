"""Following, blocking, being put in touch. Who is blocked meets the ordinary 404 of a page that is not there."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.feed import page_or_404
from communities.views.door import SignedInRequest, network_only
from profiles import ties
from profiles.following import add, end
from profiles.forms.ties import AnswerForm, ContactForm
from profiles.models import Block, ContactRequest, Follow, Profile
from themes.models import Theme

PER_PAGE = 30


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: SignedInRequest) -> HttpResponse:
    """POST: `person`, `organisation` (public ids) or `theme` (slug). Twice is once."""
    if request.method == "POST":
        return redirect(add(request.user, request.POST))
    own = Follow.objects.visible_to(request.user)
    page = page_or_404(Paginator(own.with_line().order_by("-pk"), PER_PAGE), request)
    followed = own.filter(theme__isnull=False).values("theme")
    context = {
        "tab": "following",
        "page_obj": page,
        "themes": Theme.objects.with_names().exclude(pk__in=followed),
    }
    return render(request, "profiles/following_list.html", context)


@network_only
@require_POST
def following_end(request: SignedInRequest) -> HttpResponse:
    return redirect(end(request.user, request.POST))


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SignedInRequest, public_id: str) -> HttpResponse:
    done = Block.objects.filter(user=request.user, person__public_id=public_id).exists()
    person = None if done else ties.person_or_404(request.user, public_id)
    if request.method != "POST" and person is not None:
        return render(request, "profiles/block_form.html", {"person": person})
    if person is not None:
        ties.block(request.user, person)
        messages.success(request, _("Blocked. They are not told."))
    return redirect("profiles:blocked")


@network_only
@require_safe
def blocked(request: SignedInRequest) -> HttpResponse:
    rows = Block.objects.filter(user=request.user, person__email__isnull=False)
    page = page_or_404(Paginator(rows.select_related("person").order_by("-pk"), PER_PAGE), request)
    return render(request, "profiles/blocked_list.html", {"tab": "blocked", "page_obj": page})


@network_only
@require_POST
def blocked_end(request: SignedInRequest) -> HttpResponse:
    ties.unblock(request.user, request.POST.get("person", "")[:20])
    messages.success(request, _("No longer blocked."))
    return redirect("profiles:blocked")


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: SignedInRequest, public_id: str) -> HttpResponse:
    person = ties.asked_or_404(request.user, public_id)
    before = ties.last_request(request.user, person)
    form = ContactForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and before is None and form.is_valid():
        ties.ask(request.user, person, **form.cleaned_data)
        messages.success(request, _("Sent. You will hear when there is an answer."))
        return redirect("profiles:contact_requests")
    if form.is_bound and before is not None:
        return redirect(before)
    context = {"person": person, "form": form, "before": before}
    return render(request, "profiles/contact_form.html", context, status=422 if form.errors else 200)


@network_only
@require_safe
def contact_requests(request: SignedInRequest) -> HttpResponse:
    rows = ContactRequest.objects.visible_to(request.user).for_reading(request.user).with_line()
    page = page_or_404(Paginator(rows, PER_PAGE), request)
    contactable = Profile.objects.values_list("contactable", flat=True).get(user=request.user)
    context = {"tab": "requests", "page_obj": page, "contactable": contactable}
    return render(request, "profiles/contact_request_list.html", context)


@network_only
@require_POST
def contactability(request: SignedInRequest) -> HttpResponse:
    wanted = request.POST.get("contactable") == "on"
    Profile.objects.filter(user=request.user).update(contactable=wanted)
    messages.success(request, _("Saved."))
    return redirect("profiles:contact_requests")


@network_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact_request(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Its two people read it; its recipient answers, once."""
    rows = ContactRequest.objects.visible_to(request.user).with_line()
    asked = get_object_or_404(rows, public_id=public_id)
    is_recipient = asked.recipient_id == request.user.pk
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not is_recipient:
        raise Http404
    if form.is_bound and form.is_valid():
        _said(request, ties.answer(asked, form.cleaned_data["text"]), _("Your answer is sent."))
        return redirect(asked)
    context = {"tab": "requests", "asked": asked, "form": form, "is_recipient": is_recipient}
    return render(request, "profiles/contact_request.html", context, status=422 if form.errors else 200)


@network_only
@require_POST
def contact_refusal(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = ContactRequest.objects.visible_to(request.user).filter(recipient=request.user)
    asked = get_object_or_404(rows.select_related("sender", "recipient"), public_id=public_id)
    _said(request, ties.decline(asked), _("Declined. They hear that it was not taken up, without a reason."))
    return redirect("profiles:contact_requests")


def _said(request: SignedInRequest, was_first: bool, words: str) -> None:
    if was_first:
        messages.success(request, words)
    else:
        messages.info(request, _("This request was answered before."))
