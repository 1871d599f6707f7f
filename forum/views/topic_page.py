"""The page of one topic, with the form for an answer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communities.afterwards import afterwards
from communities.roles import Visibility
from forum import drafts, heads, marks, polls
from forum.forms.posts import ReplyForm
from forum.forum_conversation.models import Topic
from forum.pace import minutes_for
from forum.paging import page_or_404
from forum.ready import Voices
from forum.talking import answers
from forum.talking.feet import Feet
from forum.talking.reading import for_reader
from forum.views.meanwhile import seen_now
from forum.views.writing import answering, waiting_for


def topic_page(request: HttpRequest, topic: Topic, form: ReplyForm | None, status: int = 200) -> HttpResponse:
    here = topic.space
    page = page_or_404(request, Voices(topic, here), topic.posts_count)
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
        "waiting": waiting_for(request, here, topic) if topic.has_waiting else [],
        "posts": order.posts,
        "since": order.since,
        "has_news": order.has_news,
        "unread_elsewhere": seen is not None and not order.has_news and _is_behind(topic, page),
        "form": form,
        "pace": minutes_for(request.user, here, topic) if form else 0,
        "themes": heads.themes_of(topic),
        "solution": heads.solution_of(topic) if page.number == 1 else None,
        "poll": polls.shown(topic, request.user) if page.number == 1 else None,
        "in_hands": in_hands,
        "may_solve": in_hands and topic.is_question,
        "may_edit_posts": here.rights.allows("edit") and not topic.is_locked,
        "may_react": here.rights.allows("react"),
        "may_remove": here.rights.allows("remove"),
        "may_report": here.rights.allows("report"),
        "may_hide": here.rights.allows("moderate"),
        "may_be_indexed": here.visibility == Visibility.PUBLIC and here.indexed,
    }
    response = render(request, "forum/topic_detail.html", context, status=status)
    if posts and request.method == "GET" and request.user.is_authenticated and (seen or 0) < posts[-1].pk:
        last = posts[-1].pk
        afterwards(response, lambda: marks.move(request.user, topic, post=last), by=request.user)
    return response


def _is_behind(topic: Topic, page: Page[Any]) -> bool:
    """Whether something was not seen yet when this page has been."""
    return topic.posts_count > max(topic.seen_count or 0, page.start_index() + len(page.object_list) - 1)


def reply_form(request: HttpRequest, topic: Topic) -> ReplyForm | None:
    if not topic.space.rights.allows("post") or topic.is_locked:
        return None
    quote, answer = request.GET.get("quote", ""), request.GET.get("answer")
    begun = drafts.shown(request.user, topic.space, topic)
    if answer is None and begun is not None:
        answer = begun.more.get("answers_to", "")
    form = answering(request, topic, quote or answer or "")
    form.initial["seen"] = seen_now(topic)
    if quote and form.answered and not form.answered.is_removed:
        form.initial["content"] = answers.quotation(form.answered)
    form.stand_in(topic.space, topic, begun)
    return form
