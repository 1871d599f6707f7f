"""The ways between posts: all answers to one, and the first post one has not seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import marks
from forum.forum_conversation.models import Post
from forum.talking.reading import for_reader
from forum.views.places import address_of, topic_or_404
from forum.views.posts import post_or_404


@require_safe
def answers(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """To one post. Where there is one alone, it leads to its place."""
    here = space_or_404(request, slug)
    found = post_or_404(here, public_id)
    rows = list(Post.objects.of(found.topic).filter(answers_to=found.pk).with_voice(here))
    if len(rows) == 1:
        rows[0].topic = found.topic
        return redirect(address_of(rows[0]))
    for_reader([found, *rows], here, request.user)
    context = {"space": here, "tab": "forum", "topic": found.topic, "post": found, "posts": rows}
    return render(request, "forum/answer_list.html", context)


@require_safe
def unread(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The page and place of the first post that is new to the reader; else the last one, else the beginning."""
    here = space_or_404(request, slug)
    found = topic_or_404(request, here, public_id)
    first = marks.first_unread(found, request.user)
    if first is not None:
        return redirect(address_of(first).partition("#")[0] + "#new")
    return redirect(address_of(found.last_post) if found.seen_post and found.last_post else found)


@require_POST
def reading(request: SignedInRequest, slug: str) -> HttpResponse:
    """All topics of the space are read."""
    here = space_or_404(request, slug, "subscribe")
    marks.read_all(request.user, here)
    return redirect("forum:topics", here.slug)
