"""First posts that wait: what moderators decide and authors take back. Words from the space to an author."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.models import Space
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import approving
from forum.forms.moderation import NoticeForm
from forum.forum_conversation.models import Post
from forum.views.places import address_of
from forum.waiting import Notice, WaitingPost, WaitingPostQuerySet


@require_POST
def approval(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    waiting = _waiting_or_404(here, public_id)
    try:
        approving.approve(waiting, by=request.user)
    except approving.Unapprovable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Approved: everybody who reads this space sees it now."))
    return redirect("forum:cases", here.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    waiting = _waiting_or_404(here, public_id)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        approving.decline(waiting, by=request.user, reason=form.cleaned_data["words"])
        messages.success(request, _("Declined. Its author gets the reason and their words, from the space."))
        return redirect("forum:cases", here.slug)
    context = {"space": here, "tab": "forum", "waiting": waiting, "form": form}
    return render(request, "forum/refusal_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdrawal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug)
    waiting = _waiting_or_404(here, public_id, WaitingPost.objects.of(request.user))
    approving.withdraw(waiting)
    messages.success(request, _("Taken back: nobody reads it. It is among your drafts."))
    if waiting.topic is None and here.rights.allows("post"):
        return redirect("forum:topic_new", here.slug)
    return redirect(waiting.topic) if waiting.topic else redirect("forum:topics", here.slug)


@require_safe
def notice(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """For the one person it was written to."""
    here = space_or_404(request, slug)
    own = Notice.objects.filter(space=here, person=request.user.pk or 0, public_id=public_id)
    found = own.select_related("post__topic").first()
    if found is None:
        raise Http404
    if found.post and not (found.post.approved and found.post.topic.approved):
        found.post = None
    return render(request, "forum/notice_detail.html", {"space": here, "tab": "forum", "notice": found})


@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    post = Post.objects.in_space(here).with_case().filter(public_id=public_id).first()
    if post is None:
        raise Http404
    post.topic.space = here
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if approving.write_to_author(post, by=request.user, words=form.cleaned_data["words"]):
            messages.success(request, _("Sent, from the space. The record says that you sent it, not what."))
        else:
            messages.error(request, _("Whoever wrote this has left the network. Nothing was sent."))
        return redirect(_back(post))
    context = {"space": here, "tab": "forum", "post": post, "topic": post.topic, "form": form}
    context["back"] = _back(post)
    return render(request, "forum/notice_form.html", context, status=422 if form.is_bound else 200)


def _waiting_or_404(space: Space, public_id: str, rows: WaitingPostQuerySet | None = None) -> WaitingPost:
    found = (WaitingPost.objects.all() if rows is None else rows).filter(space=space, public_id=public_id)
    waiting = found.with_case().first()
    if waiting is None:
        raise Http404
    waiting.space = space
    return waiting


def _back(post: Post) -> str:
    """To the queue, when it was come from: what is in no queue is read in its topic."""
    if post.open_reports or not (post.approved and post.topic.approved):
        return reverse("forum:cases", args=[post.topic.space.slug])
    return address_of(post)
