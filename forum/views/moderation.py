"""Reporting a post, and what moderators do: the queue, hiding and restoring, closing and pinning a topic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.feed import page_or_404
from communities.forms import OptionalReasonForm
from communities.models import Space
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import begun, moderation
from forum.forms.moderation import ReportForm
from forum.forum_conversation.models import Post, Topic
from forum.paging import PAGE_SIZE
from forum.talking.pace import a_lot, is_too_fast
from forum.talking.reading import for_reader
from forum.views.places import address_of, topic_or_404
from forum.views.posts import post_or_404
from forum.waiting import WaitingPost

PILES: Final = ("reported", "hidden")
PINNED_FOR: Final = {"": 0, "7": 7, "30": 30}  # days


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "report")
    found = post_or_404(here, public_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and is_too_fast("report", request.user):
        form.add_error(None, a_lot())
        return _form(request, "forum/report_form.html", here, found, form, 429)
    if request.method == "POST" and form.is_valid():
        moderation.report(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Those who look after this space will look at it."))
        # To the top of its page, where the answer is: at the post nobody would see it.
        return redirect(address_of(found).partition("#")[0])
    return _form(request, "forum/report_form.html", here, found, form)


@require_safe
def cases(request: SignedInRequest, slug: str) -> HttpResponse:
    """What waits for a decision, oldest first; or what is hidden, newest first."""
    here = space_or_404(request, slug, "moderate")
    pile = request.GET.get("pile", PILES[0])
    if pile not in PILES:
        raise Http404
    posts = Post.objects.in_space(here)
    rows = (
        posts.hidden().order_by("-hiding__at", "-pk") if pile == "hidden" else posts.reported().order_by("pk")
    )
    page = page_or_404(Paginator(rows.with_case(), PAGE_SIZE), request)
    for_reader(list(page), here, request.user)
    waiting = WaitingPost.objects.filter(space=here).with_case()[:PAGE_SIZE] if pile == PILES[0] else []
    begun.name_themes(waiting)
    context = {"space": here, "tab": "forum", "pile": pile, "page_obj": page, "waiting": waiting}
    return render(request, "forum/case_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hiding(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    found = _case_or_404(here, public_id)
    form = OptionalReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moderation.hide(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Hidden. You find it under “Hidden”, and can show it again."))
        return redirect("forum:cases", here.slug)
    return _form(request, "forum/hiding_form.html", here, found, form)


@require_POST
def restoration(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    found = _case_or_404(here, public_id)
    moderation.restore(found, by=request.user)
    messages.success(request, _("Everybody who may read here sees it again."))
    return redirect("forum:cases", here.slug)


@require_POST
def settlement(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    moderation.settle(_case_or_404(here, public_id), by=request.user)
    messages.success(request, _("It stays as it is."))
    return redirect("forum:cases", here.slug)


@require_POST
def closure(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    return _done(
        request, slug, public_id, moderation.lock, _("Closed: it can be read, and nobody answers any more.")
    )


@require_POST
def reopening(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    return _done(request, slug, public_id, moderation.unlock, _("Open again for answers."))


@require_POST
def pin(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    days = request.POST.get("days", "")
    if days not in PINNED_FOR:
        raise Http404
    verb = partial(moderation.pin, days=PINNED_FOR[days])
    return _done(request, slug, public_id, verb, _("It stands on top of the list now."))


@require_POST
def unpinning(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    return _done(request, slug, public_id, moderation.unpin, _("It stands among the others again."))


def _done(
    request: SignedInRequest, slug: str, public_id: str, verb: Callable[..., None], words: str
) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    topic: Topic = topic_or_404(request, here, public_id)
    verb(topic, by=request.user)
    messages.success(request, words)
    return redirect(topic)


def _case_or_404(space: Space, public_id: str) -> Post:
    """Hidden or not, also in a topic that is."""
    found = Post.objects.in_space(space).with_case().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.topic.space = space
    return found


def _form(
    request: HttpRequest, template: str, space: Space, post: Post, form: Any, status: int = 422
) -> HttpResponse:
    for_reader([post], space, request.user)
    context = {"space": space, "tab": "forum", "post": post, "topic": post.topic, "form": form}
    return render(request, template, context, status=status if form.is_bound else 200)
