"""Keeping words that are begun, and finding them again."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.feed import page_or_404
from communities.models import Space
from communities.submissions import put_in
from communities.views import network_only, space_or_404
from communities.views.door import SignedInRequest
from forum import begun, scheduling, uploads
from forum import drafts as verbs
from forum.forms.scheduling import HourForm
from forum.forms.writing import WritingForm
from forum.forum_conversation.models import Topic
from forum.paging import PAGE_SIZE
from forum.views.places import topic_or_404
from forum.views.writing import answering, opening, words_back, words_kept

LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)


@network_only
@require_safe
def drafts(request: SignedInRequest) -> HttpResponse:
    page = page_or_404(Paginator(verbs.mine(request.user), PAGE_SIZE), request)
    begun.name_themes(page)
    return render(request, "forum/draft_list.html", {"page_obj": page})


@words_kept
@require_POST
def draft(request: SignedInRequest, slug: str, public_id: str = "") -> HttpResponse:
    """The words as they are now, by a button or every few seconds by js/drafts.js; with `discard` none any more."""
    here = space_or_404(request, slug, "post")
    if "discard" in request.POST:
        return _thrown_away(request, here, public_id)
    try:
        topic = topic_or_404(request, here, public_id) if public_id else None
    except Http404:
        return words_back(request, here)
    given = request.POST
    form = _form(request, here, topic)
    form.is_valid()
    form.hold()
    if not _is_script(request):
        form.let_go()
    names = ("content",) if topic else ("subject", "content", "options")
    words = {name: given.get(name, "").replace("\r\n", "\n") for name in names}
    started_from = given.get("draft_version", "")
    try:
        kept = verbs.keep(
            request.user,
            here,
            topic,
            started_from=int(started_from) if started_from.isdecimal() and len(started_from) < 9 else 0,
            key=given.get("key", ""),
            with_files=form.holds_files,
            more=begun.of_reply(given) if topic else begun.of_topic(given),
            language=given.get("language", "") if given.get("language", "") in LANGUAGES else "",
            **words,
        )
    except verbs.ChangedElsewhere as elsewhere:
        return _both(request, topic, form, elsewhere)
    if _is_script(request):
        return JsonResponse({"version": kept.version if kept else 0})
    for error in form.errors.get("files", []):
        messages.error(request, str(error))
    messages.success(request, _("Kept as a draft: you find it here again, on every device."))
    return redirect(
        f"{topic.get_absolute_url()}#reply" if topic else reverse("forum:topic_new", args=[here.slug])
    )


def _thrown_away(request: SignedInRequest, here: Space, public_id: str) -> HttpResponse:
    """One's own, also where the topic is not shown any more; thrown away before is thrown away."""
    topic = (
        Topic.objects.filter(public_id=public_id, forum__space_tie__space=here).first() if public_id else None
    )
    if topic is not None or not public_id:
        verbs.of(request.user, here, topic).delete()
        uploads.discard_all(uploads.of(request.user, here, topic))
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts:drafts")


@require_POST
def publication(request: SignedInRequest, slug: str, public_id: str = "") -> HttpResponse:
    """At which hour a draft is published by itself; without one it waits as before."""
    here = space_or_404(request, slug, "post")
    topic = topic_or_404(request, here, public_id) if public_id else None
    kept, form = verbs.of(request.user, here, topic).first(), HourForm(request.POST)
    if kept is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors["at"]))))
        return redirect("drafts:drafts")
    at = form.cleaned_data["at"]
    try:
        scheduling.schedule(kept, at)
    except scheduling.Incomplete:
        messages.error(
            request,
            _(
                "It has no words yet, or no title, or too many, or its vote is not complete or ends before that "
                "hour: open it and complete it first."
            ),
        )
    else:
        words = (
            _("It will be published at that hour.") if at else _("It waits until you publish it yourself.")
        )
        messages.success(request, words)
    return redirect("drafts:drafts")


def _both(
    request: SignedInRequest, topic: Topic | None, form: WritingForm, elsewhere: verbs.ChangedElsewhere
) -> HttpResponse:
    """Nothing is overwritten unseen: what is kept there, and what is typed here, to choose or to put together."""
    now = elsewhere.now
    if _is_script(request):
        return JsonResponse({"version": now.version}, status=409)
    put_in(form, "draft_version", str(now.version))
    context = {"space": form.space, "tab": "forum", "topic": topic, "form": form, "now": now}
    context["chosen"] = begun.in_words(now)
    return render(request, "forum/draft_both.html", context, status=409)


def _form(request: SignedInRequest, here: Space, topic: Topic | None) -> WritingForm:
    if topic is None:
        return opening(request, here)
    form = answering(request, topic, request.POST.get("answers_to", ""), request.POST, request.FILES)
    form.stand_in(here, topic)
    return form


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
