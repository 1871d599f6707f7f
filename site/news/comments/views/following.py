"""Hearing of new comments by mail, and no longer hearing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from news.comments import subscriptions, voices
from news.comments.forms import SubscriptionForm
from news.comments.models import Subscription
from news.comments.pages import open_page


@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, key: UUID) -> HttpResponse:
    page = open_page(key)
    voices.member_only(request.user)
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


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a mail program posts here without a session; the token is the right, and dies with it.

    A GET, which programs that look ahead send too, ends nothing. A token that nobody has gets the same answers.
    """
    if request.method == "POST":
        subscriptions.unfollow(token)
    return render(request, "news_comments/unsubscribing.html", {"done": request.method == "POST"})
