"""What opening a topic and answering share: their forms, and what becomes of words that cannot be published now."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Space
from files.cleaning import told
from forum import approving, begun, kinds
from forum.announcing import was_mailed_today
from forum.forms.posts import ReplyForm, TopicForm
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.posting import LONGEST_CONTENT
from forum.waiting import WaitingPost

LONGEST_GIVEN_BACK: Final = 2 * LONGEST_CONTENT  # characters


def opening(request: HttpRequest, here: Space) -> TopicForm:
    sent = request.method == "POST"
    form = TopicForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        by=request.user,
        space=here,
        kinds=kinds.offered(here.rights),
        announced_today=here.rights.allows("announce") and was_mailed_today(here),
        initial={"kind": kinds.named(request.GET.get("kind", "")) or TopicKind.DISCUSSION},
    )
    form.stand_in(here, None)
    return form


def answering(request: HttpRequest, topic: Topic, public_id: str, *sent: Any) -> ReplyForm:
    """For the post of that id; when it is not there (any more), for the topic: the words are worth more."""
    answered = None
    if public_id:
        rows = Post.objects.of(topic).select_related("poster")
        answered = rows.filter(public_id=public_id[:20]).first()
    opens = answered is not None and answered.pk == topic.first_post_id
    return ReplyForm(*sent, by=request.user, answered=answered, opens=opens)


def handed_in(
    request: HttpRequest, space: Space, words: dict[str, Any], topic: Topic | None = None
) -> HttpResponse:
    approving.hand_in(space, request.user, topic=topic, **words)  # type: ignore[arg-type]
    messages.success(
        request,
        _(
            "Your words wait for approval: it is your first post in this space. You are told when it was decided."
        ),
    )
    return redirect(topic or reverse("forum:topics", args=[space.slug]))


def waiting_for(request: HttpRequest, space: Space, topic: Topic | None) -> Any:
    """One's own posts that wait, where they will stand: also when the space has stopped asking for approval, as
    they stay in its queue. For whoever knows that there are some."""
    waiting = WaitingPost.objects.of(request.user).filter(space=space, topic=topic).with_case()
    begun.name_themes(waiting)
    return waiting


def words_back(request: HttpRequest, space: Space, moved: Topic | None = None) -> HttpResponse:
    """Whether it was hidden or never was: not found, and what was typed for it is there to be copied."""
    typed = request.POST.get("content", "")[:LONGEST_GIVEN_BACK]
    context = {"space": space, "tab": "forum", "typed": typed, "moved": moved}
    return render(request, "forum/words_back.html", context, status=404)


def words_of(form: TopicForm | ReplyForm, *more: str) -> dict[str, Any]:
    names = (*more, "content", "language", "files", "kept", "mentioned", "key")
    return {name: form.cleaned_data[name] for name in names}


def tell(request: HttpRequest, form: TopicForm | ReplyForm) -> None:
    """What was hidden in the pictures is gone: people learn what their telephone writes into them."""
    for sentence in told(form.cleaned_data["files"]):
        messages.info(request, sentence)
