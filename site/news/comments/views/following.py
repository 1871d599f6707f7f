"""Hearing of new comments by mail, and no longer hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from news.comments import followers, subscriptions, voices
from news.comments.forms import AddressForm, SubscriptionForm
from news.comments.models import Subscription
from news.comments.pages import open_page
from news.comments.refusals import TooOften

if TYPE_CHECKING:
    from news.comments.closing import CommentedPage


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, key: UUID) -> HttpResponse:
    page = open_page(key)
    if not voices.listens_as_member(request.user):
        return _by_visitor(request, page)
    now = Subscription.objects.filter(about=key, user=request.user.pk).first()
    form = SubscriptionForm(
        request.POST or None, initial={"scope": now.scope if now else SubscriptionForm.NONE}
    )
    if request.method == "POST" and form.is_valid():
        _follow(request, key, form.cleaned_data["scope"])
        return redirect(f"{page.get_url(request)}#comments")
    return render(request, "news_comments/subscription_form.html", {"page": page, "form": form})


def _follow(request: HttpRequest, key: UUID, scope: str) -> None:
    if scope == SubscriptionForm.NONE:
        subscriptions.unfollow_page(key, request.user)  # type: ignore[arg-type]
        messages.success(request, _("You get no mails about these comments."))
    else:
        subscriptions.follow(key, request.user, scope)  # type: ignore[arg-type]
        messages.success(request, _("We write to you when there is something new."))


def _by_visitor(request: HttpRequest, page: CommentedPage) -> HttpResponse:
    form, status = AddressForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            if not form.is_from_machine:
                voices.count_visitor(request, "following")
                followers.ask(page.translation_key, form.cleaned_data["email"])
        except TooOften as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        else:
            return redirect("comments:address_sent", page.translation_key)
    context = {"page": page, "form": form, "as_visitor": True}
    return render(request, "news_comments/subscription_form.html", context, status=status)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a mail program posts here without a session; the token is the right, and dies with it.

    A GET, which programs that look ahead send too, ends nothing. A token that nobody has gets the same answers.
    """
    if request.method == "POST":
        subscriptions.unfollow(token)
        followers.unfollow(token)
    return render(request, "news_comments/unsubscribing.html", {"done": request.method == "POST"})
