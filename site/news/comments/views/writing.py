"""A new comment, or an answer to one: as a member, or, where the editors allow it, as a visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.comments import guests, posting, subscriptions, voices
from news.comments.closing import are_closed
from news.comments.forms import CommentForm, VisitorCommentForm
from news.comments.options import options
from news.comments.pages import open_page, source_of
from news.comments.refusals import Closed, NotForYou, NotPosted, TooDeep
from news.comments.threads import address_of
from news.comments.views.reading import comment_or_404

if TYPE_CHECKING:
    from news.comments.closing import CommentedPage
    from news.comments.models import Comment


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest, key: UUID) -> HttpResponse:
    return _writing(request, open_page(key), None)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_new(request: HttpRequest, public_id: str) -> HttpResponse:
    parent = comment_or_404(public_id)
    return _writing(request, open_page(parent.about), parent)


def _writing(request: HttpRequest, page: CommentedPage, parent: Comment | None) -> HttpResponse:
    as_member = voices.speaks_as_member(request.user)
    if request.method != "POST":
        _refuse_early(page, parent)
    sent = request.POST if request.method == "POST" else None
    form = (CommentForm if as_member else VisitorCommentForm)(sent, by=request.user)
    status = 200
    if sent is not None and form.is_valid():
        try:
            return _posted(request, page, parent, form)
        except NotPosted as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
    context = {"page": page, "parent": parent, "form": form, "as_member": as_member}
    return render(request, "news_comments/comment_form.html", context, status=status)


def _refuse_early(page: CommentedPage, parent: Comment | None) -> None:
    """Before anybody has typed a word. Raises NotForYou."""
    if are_closed(source_of(page), options().close_after_days):
        raise NotForYou(Closed().reason)
    if parent is not None and not posting.may_be_answered(parent):
        raise NotForYou(TooDeep().reason)


def _posted(
    request: HttpRequest, page: CommentedPage, parent: Comment | None, form: CommentForm
) -> HttpResponse:
    words: dict[str, Any] = {name: form.cleaned_data[name] for name in ("words", "language", "key")}
    if isinstance(form, VisitorCommentForm):
        return _posted_by_visitor(request, page, form, parent=parent, **words)
    made = posting.post(page, by=request.user, parent=parent, **words)
    if form.cleaned_data["follow"]:
        subscriptions.follow_answers(page.translation_key, request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your comment is published."))
    return redirect(address_of(made, request))


def _posted_by_visitor(
    request: HttpRequest, page: CommentedPage, form: VisitorCommentForm, **words: Any
) -> HttpResponse:
    """The same answer whoever it was: a machine learns nothing, and nobody which addresses we know."""
    if not form.is_from_machine:
        voices.count_visitor(request)
        own = {name: form.cleaned_data[name] for name in ("name", "email", "follow")}
        guests.post(page, **own, **words)
    return redirect("comments:sent", page.translation_key)
