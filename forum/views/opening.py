"""A new topic."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.models import Space
from communities.submissions import SentBefore
from communities.views import space_or_404
from forum.first_posts import NeedsApproval
from forum.forms.posts import TopicForm
from forum.pace import TooSoon, minutes_for
from forum.posting import open_topic
from forum.talking.pace import a_lot, is_too_fast
from forum.views.twice import sent_before
from forum.views.writing import handed_in, opening, tell, words_kept, words_of


@words_kept
def topic_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    here = space_or_404(request, slug, "post")
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    sent = request.method == "POST"
    form = opening(request, here)
    if sent and form.is_valid() and "preview" not in request.POST:
        if is_too_fast("post", request.user):
            form.add_error(None, a_lot())
            return _topic_form(request, here, form, 429)
        words = words_of(form, "subject", "kind", "themes")
        poll = form.draft() if form.is_wanted else None
        try:
            made = open_topic(here, request.user, poll=poll, **words)  # type: ignore[arg-type]
        except SentBefore as before:
            return sent_before(request, here, form, before)
        except NeedsApproval:
            return handed_in(request, here, words | {"poll": poll})
        except TooSoon as refusal:
            form.add_error(None, refusal.reason)
            return _topic_form(request, here, form, 429)
        made.space = here
        messages.success(request, _("Your topic is published."))
        tell(request, form)
        return redirect(made)
    return _topic_form(request, here, form, 200)


def _topic_form(request: HttpRequest, here: Space, form: TopicForm, status: int) -> HttpResponse:
    form.hold()
    context = {"space": here, "tab": "forum", "form": form, "pace": minutes_for(request.user, here)}
    return render(request, "forum/topic_form.html", context, status=status)
