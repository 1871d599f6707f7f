"""What is sent to a topic's address: an answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from communities.models import Space
from communities.submissions import SentBefore
from forum.first_posts import NeedsApproval
from forum.moved import topic_from
from forum.pace import TooSoon
from forum.posting import TopicLocked, reply
from forum.talking.pace import a_lot, is_too_fast
from forum.views.meanwhile import asks_first
from forum.views.places import address_of, topic_or_404
from forum.views.topic_page import topic_page
from forum.views.twice import sent_before
from forum.views.writing import answering, handed_in, tell, words_back, words_of


def replied(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    found = topic_or_404(request, space, public_id)
    form = answering(request, found, request.POST.get("answers_to", ""), request.POST, request.FILES)
    form.stand_in(space, found)
    if form.is_valid() and "preview" not in request.POST and not asks_first(request, found, form):
        if is_too_fast("post", request.user):
            form.add_error(None, a_lot())
            form.hold()
            return topic_page(request, found, form, 429)
        words = words_of(form) | {"answers_to": form.answered, "aside": form.cleaned_data.get("aside", False)}
        try:
            made = reply(found, request.user, **words)  # type: ignore[arg-type]
        except SentBefore as before:
            return sent_before(request, space, form, before)
        except (TopicLocked, TooSoon) as refusal:
            form.add_error(None, refusal.reason)
            form.hold()
            return topic_page(request, found, form, 429 if isinstance(refusal, TooSoon) else 422)
        except NeedsApproval:
            return handed_in(request, space, words, found)
        else:
            tell(request, form)
            # Sent before, it comes with a topic of its own, and others may have written since.
            return redirect(address_of(made, is_last=made.topic is found))
    form.hold()
    return topic_page(request, found, form)


def replied_there(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    """Merged while somebody wrote: the answer lands there, before the same readers. In another space others read
    it: the words come back, with the way there."""
    there = topic_from(request.user, space, public_id)
    if there is not None and there.space == space:
        return replied(request, space, there.public_id)
    return words_back(request, space, there)
