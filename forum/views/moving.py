"""Pages that show what moving, splitting and merging will do, and who will read it afterwards, before they do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.models import Space
from communities.permissions import rights
from communities.readers import audience
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import moving
from forum.forms.moving import MergeForm, MoveForm, PaceForm, SplitForm
from forum.forum_conversation.models import Post, Topic
from forum.pace import set_pace
from forum.paging import page_or_404
from forum.views.places import topic_or_404

MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def relocation(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """First where to, then who will read it there."""
    here = space_or_404(request, slug, "moderate")
    topic = topic_or_404(request, here, public_id)
    places = _places(request, here)
    given = request.POST if request.method == "POST" else request.GET if "to" in request.GET else None
    form = MoveForm(given, places=places, confirmed=request.method == "POST", here=here)
    target = form.target if form.is_bound else None
    if request.method == "POST" and target and form.is_valid():
        try:
            moving.move(topic, target, by=request.user, reason=form.cleaned_data["reason"])
        except moving.Unmovable as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(
                request, _("The topic is here now. Old links lead here, for whoever may read it.")
            )
            return redirect(topic)
    context: dict[str, Any] = {"places": places, "target": target}
    if target:
        target.rights = rights(request.user, target)
        context |= {"audience": audience(target), "change": moving.change_of_readers(here, target)}
    return _page(request, "forum/topic_move_form.html", topic, form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    topic = topic_or_404(request, here, public_id)
    form = SplitForm(
        request.POST if request.method == "POST" else None, chosen=request.POST.getlist("chosen")
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = moving.split(
                topic,
                form.chosen,
                by=request.user,
                subject=data["subject"],
                later=data["later"],
                reason=data["reason"],
            )
        except moving.Unmovable as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The answers are a topic of their own now."))
            if topic.solution_id and made.posts.filter(pk=topic.solution_id).exists():
                messages.info(request, _("The question is open again."))
            return redirect(made)
    page = page_or_404(request, Post.objects.of(topic).with_voice(here), topic.posts_count)
    return _page(request, "forum/topic_split_form.html", topic, form, page_obj=page)


@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """First which other topic, then what becomes of both."""
    here = space_or_404(request, slug, "moderate")
    topic = topic_or_404(request, here, public_id)
    given = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(given, topic=topic)
    into = form.into if form.is_bound else None
    if request.method == "POST" and into and form.is_valid():
        try:
            moving.merge(topic, into, by=request.user, reason=form.cleaned_data["reason"])
        except moving.Unmovable as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The two topics are one now. Old links lead here."))
            return redirect(into)
    asked = request.GET.get("q", "")[:100].strip()
    found = [] if into else _others(here, topic, asked)
    return _page(request, "forum/topic_merge_form.html", topic, form, into=into, found=found, asked=asked)


@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    topic = topic_or_404(request, here, public_id)
    initial = {"slow_minutes": topic.slow_minutes, "closes_after": topic.closes_after}
    form = PaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_pace(topic, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(topic)
    return _page(request, "forum/topic_pace_form.html", topic, form)


def _places(request: SignedInRequest, here: Space) -> list[Space]:
    """Spaces with an open forum that the person moderates as well."""
    spaces = Space.objects.allowing(request.user, "moderate").offering("forum").exclude(pk=here.pk)
    return list(spaces.with_texts().with_standing(request.user))


def _others(here: Space, topic: Topic, asked: str) -> list[Topic]:
    rows: QuerySet[Topic] = Topic.objects.of(here).with_line().exclude(pk=topic.pk)
    for word in asked.split()[:5]:
        rows = rows.filter(subject__icontains=word)
    found = list(rows.order_by("-last_post_on", "-pk")[:MOST_FOUND])
    for row in found:
        row.space = here
    return found


def _page(request: HttpRequest, template: str, topic: Topic, form: Any, **context: Any) -> HttpResponse:
    context |= {"space": topic.space, "tab": "forum", "topic": topic, "form": form}
    status = 422 if request.method == "POST" or (form.is_bound and form.errors) else 200
    return render(request, template, context, status=status)
