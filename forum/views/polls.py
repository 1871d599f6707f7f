"""Voting, closing a vote, and changing what is voted on before anybody has."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.models import Space
from communities.permissions import Refused
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import polling, polls
from forum.forms.polls import PollFields
from forum.forum_conversation.models import Topic
from forum.views.places import topic_or_404


@require_POST
def ballot(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "vote")
    found = _decision_or_404(request, here, public_id)
    chosen = set(request.POST.getlist("choice")[: polling.MOST_OPTIONS + 1])
    try:
        polling.vote(found, chosen, by=request.user)
    except polling.VoteRefused as refusal:
        return _refused(request, found, refusal, chosen)
    messages.success(request, _("Your vote is counted. You can change it until the vote is over."))
    return redirect(found)


@require_POST
def ballot_withdrawal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "vote")
    found = _decision_or_404(request, here, public_id)
    try:
        polling.take_back(found, by=request.user)
    except polling.VoteRefused as refusal:
        return _refused(request, found, refusal, None)
    messages.success(request, _("Your vote is taken back. You can vote again until the vote is over."))
    return redirect(found)


@require_POST
def poll_closure(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "edit")
    found = _decision_or_404(request, here, public_id)
    polling.close(found, by=request.user)
    messages.success(request, _("The vote is over. Everybody sees the numbers."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "edit")
    found = _decision_or_404(request, here, public_id)
    if found.poster_id != request.user.pk:
        raise Refused("edit", here)
    form = PollFields(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            polling.rewrite(found, form.draft(), by=request.user)
        except polling.VoteRefused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect(found)
    context = {"space": here, "tab": "forum", "topic": found, "form": form}
    return render(request, "forum/poll_form.html", context, status=422 if form.is_bound else 200)


def _refused(
    request: SignedInRequest, topic: Topic, refusal: polling.VoteRefused, chosen: set[str] | None
) -> HttpResponse:
    poll = polls.shown(topic, request.user, refused=(refusal.reason, chosen))
    context = {"space": topic.space, "tab": "forum", "topic": topic, "poll": poll}
    return render(request, "forum/ballot_form.html", context, status=422)


def _decision_or_404(request: SignedInRequest, space: Space, public_id: str) -> Topic:
    found = topic_or_404(request, space, public_id)
    if getattr(found, "decision", None) is None:
        raise Http404
    return found


def _initial(topic: Topic) -> dict[str, object]:
    poll = topic.decision
    return {
        "options": "\n".join(option.text for option in poll.options.all()),
        "most": poll.most,
        "closes_at": poll.closes_at,
        "results_at_end": poll.results_at_end,
    }
