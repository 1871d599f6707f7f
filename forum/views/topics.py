"""The list of a space's topics, one topic, and a new one."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.markup import quoted
from communities.models import Membership, Space
from communities.permissions import Refused
from communities.roles import Visibility
from communities.views import space_or_404
from files.cleaning import told
from forum import approving, marks
from forum.first_posts import NeedsApproval
from forum.forms import ReplyForm, TopicForm
from forum.forum_conversation.models import Post, Topic
from forum.models import SpaceForum
from forum.moved import topic_from
from forum.pace import TooSoon
from forum.paging import page_of_position, page_or_404
from forum.posting import LONGEST_CONTENT, Kind, TopicGone, TopicLocked, open_topic, reply
from forum.waiting import WaitingPost

LONGEST_GIVEN_BACK: Final = 2 * LONGEST_CONTENT  # characters


def topics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Pinned first, then by the last word."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    node = SpaceForum.objects.filter(space=here).values_list("forum", "forum__direct_topics_count").first()
    forum_id, count = node or (None, 0)
    rows = Topic.objects.filter(forum=forum_id, approved=True).with_line().with_mark_of(request.user)
    page = page_or_404(request, rows.order_by("-type", "-last_post_on", "-pk"), count)
    lines = list(page.object_list)
    joined_at = _joined_at(here, request) if any(line.seen_count is None for line in lines) else None
    for line in lines:
        line.news = marks.news(line, joined_at)
    context = {
        "space": here,
        "tab": "forum",
        "page_obj": page,
        "waiting": _waiting(request, here, None),
        "pinned": [line for line in lines if line.is_pinned],
        "topics": [line for line in lines if not line.is_pinned],
    }
    return render(request, "forum/topic_list.html", context)


def topic_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    here = space_or_404(request, slug, "post")
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    sent = request.method == "POST"
    form = TopicForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        by=request.user,
        may_announce=here.rights.allows("announce"),
    )
    if sent and form.is_valid():
        try:
            made = open_topic(here, request.user, kind=_kind(form), **_words(form, "subject"))  # type: ignore[arg-type]
        except NeedsApproval:
            return handed_in(request, here, _words(form, "subject"))
        except TooSoon as refusal:
            form.add_error(None, refusal.reason)
            return render(
                request, "forum/topic_form.html", {"space": here, "tab": "forum", "form": form}, status=429
            )
        made.space = here
        messages.success(request, _("Your topic is published."))
        _tell(request, form)
        return redirect(made)
    return render(request, "forum/topic_form.html", {"space": here, "tab": "forum", "form": form})


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
    form = ReplyForm(request.POST, request.FILES, by=request.user)
    if form.is_valid():
        try:
            made = reply(found, request.user, **_words(form))  # type: ignore[arg-type]
        except (TopicLocked, TooSoon) as refusal:
            form.add_error(None, refusal.reason)
        except NeedsApproval:
            return handed_in(request, space, _words(form), found)
        else:
            _tell(request, form)
            return redirect(address_of(made))
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
    rows = Topic.objects.of(space).with_mark_of(request.user)
    found = rows.filter(public_id=public_id).defer("slug", "updated").first()
    if found is None:
        raise Http404
    found.space = space
    return found


def address_of(post: Post) -> str:
    """The page of the topic that shows the post, and the place on it."""
    position = Post.objects.of(post.topic).filter(pk__lte=post.pk).count()
    number = page_of_position(position)
    page = f"?page={number}" if number > 1 else ""
    return f"{post.topic.get_absolute_url()}{page}#p{post.public_id}"


def _topic_page(request: HttpRequest, topic: Topic, form: ReplyForm | None) -> HttpResponse:
    here = topic.space
    page = page_or_404(request, Post.objects.of(topic).with_voice(here), topic.posts_count)
    posts = list(page.object_list)
    seen = topic.seen_post if request.user.is_authenticated else None
    since = next((p.pk for p in posts if seen and p.pk > seen and p.poster_id != request.user.pk), None)
    context: dict[str, Any] = {
        "space": here,
        "tab": "forum",
        "topic": topic,
        "page_obj": page,
        "posts": posts,
        "since": since,
        "waiting": _waiting(request, here, topic),
        "form": form,
        "may_edit": here.rights.allows("edit") and not topic.is_locked,
        "may_report": here.rights.allows("report"),
        "may_hide": here.rights.allows("moderate"),
        "may_be_indexed": here.visibility == Visibility.PUBLIC and here.indexed,
    }
    response = render(request, "forum/topic_detail.html", context)
    if posts and request.method == "GET" and request.user.is_authenticated and (seen or 0) < posts[-1].pk:
        marks.move(request.user, topic, post=posts[-1].pk, count=page.start_index() + len(posts) - 1)
    return response


def _reply_form(request: HttpRequest, topic: Topic) -> ReplyForm | None:
    if not topic.space.rights.allows("post") or topic.is_locked:
        return None
    initial = {}
    if quote := request.GET.get("quote", "")[:20]:
        post = Post.objects.of(topic).filter(public_id=quote).first()
        initial = {"content": quoted(post.content.raw)} if post else {}
    return ReplyForm(by=request.user, initial=initial)


def _words(form: TopicForm | ReplyForm, *more: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in (*more, "content", "language", "files", "key")}


def _tell(request: HttpRequest, form: TopicForm | ReplyForm) -> None:
    """What was hidden in the pictures is gone: people learn what their telephone writes into them."""
    for sentence in told(form.cleaned_data["files"]):
        messages.info(request, sentence)


def _kind(form: TopicForm) -> Kind:
    return Kind.ANNOUNCEMENT if form.cleaned_data.get("announcement") else Kind.TOPIC


def _joined_at(space: Space, request: HttpRequest) -> Any:
    own = Membership.objects.filter(space=space, user=request.user.pk)
    return own.values_list("joined_at", flat=True).first()
