"""The list of a space's topics, one topic, and a new one."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Membership, Space
from communities.permissions import Refused
from communities.roles import Visibility
from communities.submissions import SentBefore
from communities.views import space_or_404
from files.cleaning import told
from forum import approving, filters, heads, kinds, marks, polls
from forum.announcing import was_mailed_today
from forum.first_posts import NeedsApproval
from forum.forms.writing import ReplyForm, TopicForm
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.moved import topic_from
from forum.pace import TooSoon
from forum.paging import page_of_position, page_or_404
from forum.posting import LONGEST_CONTENT, TopicGone, TopicLocked, open_topic, reply
from forum.talking import answers
from forum.talking.feet import Feet
from forum.talking.pace import a_lot, is_too_fast
from forum.talking.reading import for_reader
from forum.views.meanwhile import asks_first, seen_now
from forum.views.twice import sent_before
from forum.waiting import WaitingPost

LONGEST_GIVEN_BACK: Final = 2 * LONGEST_CONTENT  # characters


def topics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Pinned first, then by the last word."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    chosen = filters.shown(here, request.GET.get("kind", ""))
    page = page_or_404(request, chosen.topics.with_line().with_mark_of(request.user), chosen.count)
    lines = list(page.object_list)
    joined_at = _joined_at(here, request) if any(line.seen_count is None for line in lines) else None
    for line in lines:
        line.news = marks.news(line, joined_at)
    context = {
        "space": here,
        "tab": "forum",
        "page_obj": page,
        "waiting": _waiting(request, here, None),
        "shown": chosen,
        "pinned": [line for line in lines if line.is_pinned],
        "topics": [line for line in lines if not line.is_pinned],
    }
    return render(request, "forum/topic_list.html", context)


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
        words = _words(form, "subject", "kind", "themes")
        poll = form.draft() if form.is_wanted else None
        try:
            made = open_topic(here, request.user, poll=poll, **words)  # type: ignore[arg-type]
        except SentBefore as before:
            return sent_before(request, here, form, before)
        except NeedsApproval:
            if not poll:
                return handed_in(request, here, words)
            form.add_error(
                None, _("Your first post in this space waits for approval, and a vote cannot wait.")
            )
            return _topic_form(request, here, form, 422)
        except TooSoon as refusal:
            form.add_error(None, refusal.reason)
            return _topic_form(request, here, form, 429)
        made.space = here
        messages.success(request, _("Your topic is published."))
        _tell(request, form)
        return redirect(made)
    return _topic_form(request, here, form, 200)


def _topic_form(request: HttpRequest, here: Space, form: TopicForm, status: int) -> HttpResponse:
    form.hold()
    context = {"space": here, "tab": "forum", "form": form}
    return render(request, "forum/topic_form.html", context, status=status)


def topic(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """One topic; what is sent to its address is a reply."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        try:
            found = topic_or_404(request, here, public_id)
        except Http404:
            return _onward(request, here, public_id)
        return _topic_page(request, found, _reply_form(request, found))
    if not here.rights.allows("post"):
        raise Refused("post", here)
    try:
        return _replied(request, here, public_id)
    except (Http404, TopicGone):
        return _replied_there(request, here, public_id)


def _onward(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    """Not for good (301): the right is asked again each time."""
    there = topic_from(request.user, space, public_id)
    if there is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{there.get_absolute_url()}{'?' if query else ''}{query}")


def _replied_there(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    """Merged while somebody wrote: the answer lands there, before the same readers. In another space others read
    it: the words come back, with the way there."""
    there = topic_from(request.user, space, public_id)
    if there is not None and there.space == space:
        return _replied(request, space, there.public_id)
    return words_back(request, space, there)


def _replied(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    found = topic_or_404(request, space, public_id)
    form = answering(request, found, request.POST.get("answers_to", ""), request.POST, request.FILES)
    form.stand_in(space, found)
    if form.is_valid() and "preview" not in request.POST and not asks_first(request, found, form):
        if is_too_fast("post", request.user):
            form.add_error(None, a_lot())
            form.hold()
            return _topic_page(request, found, form, 429)
        words = _words(form) | {"answers_to": form.answered, "aside": form.cleaned_data.get("aside", False)}
        try:
            made = reply(found, request.user, **words)  # type: ignore[arg-type]
        except SentBefore as before:
            return sent_before(request, space, form, before)
        except (TopicLocked, TooSoon) as refusal:
            form.add_error(None, refusal.reason)
        except NeedsApproval:
            return handed_in(request, space, words, found)
        else:
            _tell(request, form)
            return redirect(address_of(made))
    form.hold()
    return _topic_page(request, found, form)


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


def _waiting(request: HttpRequest, space: Space, topic: Topic | None) -> Any:
    """One's own posts that wait, where they will stand. No query where the space asks for no approval."""
    if not space.approves_first or not space.rights.allows("post"):
        return []
    return WaitingPost.objects.of(request.user).filter(space=space, topic=topic).with_case()


def words_back(request: HttpRequest, space: Space, moved: Topic | None = None) -> HttpResponse:
    """Whether it was hidden or never was: not found, and what was typed for it is there to be copied."""
    typed = request.POST.get("content", "")[:LONGEST_GIVEN_BACK]
    context = {"space": space, "tab": "forum", "typed": typed, "moved": moved}
    return render(request, "forum/words_back.html", context, status=404)


def topic_or_404(request: HttpRequest, space: Space, public_id: str) -> Topic:
    """One of the space that was authorised."""
    rows = Topic.objects.of(space).with_mark_of(request.user).with_head()
    found = rows.filter(public_id=public_id).defer("slug", "updated").first()
    if found is None:
        raise Http404
    found.space = space
    return found


def address_of(post: Post) -> str:
    """The page of the topic that shows the post, and the place on it."""
    position = Post.objects.of(post.topic).filter(pk__lte=post.pk).count()
    number = page_of_position(position)
    asked = {"page": str(number)} if number > 1 else {}
    # What is folded is opened by the server: not every browser does it for a place inside.
    asked |= {"at": post.public_id} if post.aside else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{post.topic.get_absolute_url()}{query}#p{post.public_id}"


def _topic_page(
    request: HttpRequest, topic: Topic, form: ReplyForm | None, status: int = 200
) -> HttpResponse:
    here = topic.space
    page = page_or_404(request, Post.objects.of(topic).with_voice(here), topic.posts_count)
    posts = list(page.object_list)
    seen = topic.seen_post if request.user.is_authenticated else None
    in_hands = topic.is_in_hands_of(request.user, here.rights)
    order = answers.in_order(posts, seen=seen, reader_id=request.user.pk, asked=request.GET.get("at", ""))
    for_reader(posts, here, request.user)
    Feet(here, request.user).put_under(posts)
    context: dict[str, Any] = {
        "space": here,
        "tab": "forum",
        "topic": topic,
        "page_obj": page,
        "here_query": f"page={page.number}&" if page.number > 1 else "",
        "waiting": _waiting(request, here, topic),
        "posts": order.posts,
        "since": order.since,
        "has_news": order.has_news,
        "unread_elsewhere": seen is not None and not order.has_news and _is_behind(topic, page),
        "form": form,
        "themes": heads.themes_of(topic),
        "solution": heads.solution_of(topic) if page.number == 1 else None,
        "poll": polls.shown(topic, request.user) if page.number == 1 else None,
        "in_hands": in_hands,
        "may_solve": in_hands and topic.is_question,
        "may_edit": here.rights.allows("edit") and not topic.is_locked,
        "may_react": here.rights.allows("react"),
        "may_remove": here.rights.allows("remove"),
        "may_report": here.rights.allows("report"),
        "may_hide": here.rights.allows("moderate"),
        "may_be_indexed": here.visibility == Visibility.PUBLIC and here.indexed,
    }
    response = render(request, "forum/topic_detail.html", context, status=status)
    if posts and request.method == "GET" and request.user.is_authenticated and (seen or 0) < posts[-1].pk:
        marks.move(request.user, topic, post=posts[-1].pk, count=page.start_index() + len(posts) - 1)
    return response


def _is_behind(topic: Topic, page: Page[Any]) -> bool:
    """Whether something was not seen yet when this page has been."""
    return topic.posts_count > max(topic.seen_count or 0, page.start_index() + len(page.object_list) - 1)


def _reply_form(request: HttpRequest, topic: Topic) -> ReplyForm | None:
    if not topic.space.rights.allows("post") or topic.is_locked:
        return None
    quote = request.GET.get("quote", "")
    form = answering(request, topic, quote or request.GET.get("answer", ""))
    form.initial["seen"] = seen_now(topic)
    if quote and form.answered and not form.answered.is_removed:
        form.initial["content"] = answers.quotation(form.answered)
    form.stand_in(topic.space, topic)
    return form


def answering(request: HttpRequest, topic: Topic, public_id: str, *sent: Any) -> ReplyForm:
    """For the post of that id; when it is not there (any more), for the topic: the words are worth more."""
    rows = Post.objects.of(topic).select_related("poster")
    answered = rows.filter(public_id=public_id[:20]).first() if public_id else None
    opens = answered is not None and answered.pk == topic.first_post_id
    return ReplyForm(*sent, by=request.user, answered=answered, opens=opens)


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


def _words(form: TopicForm | ReplyForm, *more: str) -> dict[str, Any]:
    names = (*more, "content", "language", "files", "kept", "mentioned", "key")
    return {name: form.cleaned_data[name] for name in names}


def _tell(request: HttpRequest, form: TopicForm | ReplyForm) -> None:
    """What was hidden in the pictures is gone: people learn what their telephone writes into them."""
    for sentence in told(form.cleaned_data["files"]):
        messages.info(request, sentence)


def _joined_at(space: Space, request: HttpRequest) -> Any:
    own = Membership.objects.filter(space=space, user=request.user.pk)
    return own.values_list("joined_at", flat=True).first()
