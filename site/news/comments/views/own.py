"""One's own comment: changed within a quarter of an hour, removed at any time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.comments import posting
from news.comments.forms import EditForm
from news.comments.models import Comment, State
from news.comments.pages import open_page
from news.comments.refusals import NotForYou, TooLate
from news.comments.threads import address_of
from news.comments.views.reading import comment_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    found = comment_or_404(public_id)
    if not posting.is_own(found, request.user):
        raise NotForYou(_("Only its author can change a comment."))
    initial = {"words": found.comment, "language": found.language}
    form = EditForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" and not posting.may_be_edited(found, request.user):
        raise NotForYou(TooLate().reason)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            posting.edit(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except TooLate as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect(address_of(found, request))
    context = {"page": open_page(found.about), "comment": found, "form": form}
    return render(request, "news_comments/comment_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, public_id: str) -> HttpResponse:
    """A hidden one too: its author may take it away altogether."""
    found = _own_or_404(request, public_id)
    page = open_page(found.about)
    if request.method == "POST":
        posting.remove(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Your comment is removed."))
        return redirect(f"{page.get_url(request)}#comments")
    return render(request, "news_comments/comment_removal.html", {"page": page, "comment": found})


def _own_or_404(request: HttpRequest, public_id: str) -> Comment:
    states = (State.SHOWN, State.HIDDEN)
    rows = Comment.objects.reachable().filter(public_id=public_id, state__in=states)
    found = rows.select_related("user").first()
    if found is None or not (found.is_shown or posting.is_own(found, request.user)):
        raise Http404
    if not posting.is_own(found, request.user):
        raise NotForYou(_("Only its author can remove a comment."))
    return found
