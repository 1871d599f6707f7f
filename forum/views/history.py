"""What a post said before."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.forms import OptionalReasonForm
from communities.models import Space
from communities.views import space_or_404
from communities.views.door import SignedInRequest
from forum import history as verbs
from forum.forum_conversation.models import Post
from forum.views.posts import post_or_404
from forum.written import Revision

# Earlier texts on one page: comparing costs, and nobody reads fifty of them at once.
MOST: Final = 10


@require_safe
def history(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """For whoever reads the post; `?before=` leads further back."""
    here = space_or_404(request, slug)
    post = _shown_or_404(here, public_id)
    rows = Revision.objects.filter(post=post.pk).order_by("-pk")
    if before := request.GET.get("before", "")[:20]:
        last = rows.filter(public_id=before).first()
        if last is None:
            raise Http404
        rows = rows.filter(pk__lte=last.pk)
    older = list(rows[: MOST + 1])
    shown = list(verbs.versions(post, older))
    # The last one is only there to be compared with, and heads the next page.
    shown = (shown[1:] if before else shown)[: MOST + (not before)]
    context = {
        "space": here,
        "tab": "forum",
        "post": post,
        "topic": post.topic,
        "versions": shown,
        "next_key": older[MOST].public_id if len(older) > MOST else "",
        "may_hide": here.rights.allows("moderate"),
    }
    return render(request, "forum/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_hiding(request: SignedInRequest, slug: str, public_id: str, revision_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    post = _shown_or_404(here, public_id)
    revision = _revision_or_404(post, revision_id)
    form = OptionalReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        verbs.hide(revision, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Nobody reads these earlier words any more."))
        return redirect("forum:history", here.slug, post.public_id)
    context = {"space": here, "tab": "forum", "post": post, "topic": post.topic, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "forum/revision_hiding.html", context | {"revision": revision}, status=status)


@require_POST
def revision_restoration(
    request: SignedInRequest, slug: str, public_id: str, revision_id: str
) -> HttpResponse:
    here = space_or_404(request, slug, "moderate")
    post = _shown_or_404(here, public_id)
    verbs.show(_revision_or_404(post, revision_id), by=request.user)
    messages.success(request, _("Everybody who may read here sees it again."))
    return redirect("forum:history", here.slug, post.public_id)


def _shown_or_404(here: Space, public_id: str) -> Post:
    """What its author took back has no history for anybody."""
    post = post_or_404(here, public_id)
    if post.is_removed:
        raise Http404
    return post


def _revision_or_404(post: Post, revision_id: str) -> Revision:
    revision = Revision.objects.filter(post=post.pk, public_id=revision_id).first()
    if revision is None:
        raise Http404
    revision.post = post
    return revision
