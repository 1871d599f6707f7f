"""Comments as one reads them: all of a page, one of them, and a word to the editors."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news.comments import moderation, voices
from news.comments.closing import are_closed
from news.comments.forms import ReportForm
from news.comments.models import Comment
from news.comments.options import options
from news.comments.pages import open_page, source_of
from news.comments.refusals import TooOften
from news.comments.threads import PER_PAGE, address_of

REPORTS_PER_HOUR: Final = 6  # of visitors behind one address


def comment_or_404(public_id: str) -> Comment:
    """Shown, under a page that everybody may read: the page is asked before anything else."""
    rows = Comment.objects.reachable().shown().select_related("user", "content_type")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def comments(request: HttpRequest, key: UUID) -> HttpResponse:
    """What does not fit under the page itself. Carries no form."""
    page = open_page(key)
    pages = Paginator(Comment.objects.of(page.translation_key).standing().with_voice(), PER_PAGE)
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= pages.num_pages:
        raise Http404
    closed = are_closed(source_of(page), options().close_after_days)
    context = {"page": page, "page_obj": pages.page(int(number[:9])), "closed": closed}
    return render(request, "news_comments/comment_list.html", context)


@require_safe
def comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """The permanent address leads to where the comment stands today, in the reader's language."""
    return redirect(address_of(comment_or_404(public_id), request))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """By whoever may; without an account nothing says who it was."""
    found = comment_or_404(public_id)
    as_member = voices.listens_as_member(request.user)
    form, status = ReportForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return (
                _reported(request, found, form) if as_member else _reported_by_visitor(request, found, form)
            )
        except TooOften as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
    context = {"comment": found, "page": open_page(found.about), "form": form, "as_visitor": not as_member}
    return render(request, "news_comments/report_form.html", context, status=status)


def _reported(request: HttpRequest, found: Comment, form: ReportForm) -> HttpResponse:
    moderation.report(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, _("Thank you. The editors will look at this comment."))
    return redirect(address_of(found, request))


def _reported_by_visitor(request: HttpRequest, found: Comment, form: ReportForm) -> HttpResponse:
    """The same answer to a machine, and to whoever reports a second time."""
    if not form.is_from_machine:
        voices.count_visitor(request, "reports", REPORTS_PER_HOUR)
        network = voices.digest_of_network(request, found.public_id)
        moderation.report_as_visitor(found, network=network, **form.cleaned_data)
    return redirect("comments:report_sent", found.about)
