"""What opening a topic and answering share: their forms, and what becomes of words that cannot be published now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Space
from communities.permissions import Refused
from communities.views import space_or_404
from files.cleaning import told
from forum import approving, begun, kinds
from forum.announcing import was_mailed_today
from forum.forms.posts import ReplyForm, TopicForm
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.posting import LONGEST_CONTENT
from forum.waiting import WaitingPost

View = Callable[..., HttpResponseBase]
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


def words_back(
    request: HttpRequest, space: Space, moved: Topic | None = None, reason: str = ""
) -> HttpResponse:
    """Whether it was hidden or never was: not found, and what was typed for it is there to be copied. With a reason:
    refused."""
    typed = _typed(request)[:LONGEST_GIVEN_BACK]
    context = {"space": space, "tab": "forum", "typed": typed, "moved": moved, "reason": reason}
    return render(request, "forum/words_back.html", context, status=403 if reason else 404)


def _typed(request: HttpRequest) -> str:
    said = (request.POST.get(name, "").strip() for name in ("subject", "content"))
    return "\n\n".join(text for text in said if text)


def words_kept(view: View) -> View:
    """For what is written to: whoever lost the right meanwhile, and still reads here, is told why and has their words
    to copy. To everybody else the refusal says nothing that it does not say to others."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            is_script = request.headers.get("Accept") == "application/json"
            if request.method != "POST" or is_script or refusal.action == "read" or not _typed(request):
                raise
            return words_back(request, space_or_404(request, kwargs["slug"]), reason=refusal.reason)

    return cast(View, keeping)


def words_of(form: TopicForm | ReplyForm, *more: str) -> dict[str, Any]:
    names = (*more, "content", "language", "files", "kept", "mentioned", "key")
    return {name: form.cleaned_data[name] for name in names}


def tell(request: HttpRequest, form: TopicForm | ReplyForm) -> None:
    """What was hidden in the pictures is gone: people learn what their telephone writes into them."""
    for sentence in told(form.cleaned_data["files"]):
        messages.info(request, sentence)
