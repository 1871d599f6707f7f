"""What somebody hears of a topic or a space, and all they chose, on one page with a neutral address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.models import Space
from communities.views import space_or_404
from communities.views.door import SignedInRequest, account_only
from forum import following
from forum.following import Level, Subscription
from forum.forms.following import FollowingForm
from forum.forum_conversation.models import Topic
from forum.views.places import topic_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def of_topic(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "subscribe")
    return _chosen(request, here, topic_or_404(request, here, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def of_space(request: SignedInRequest, slug: str) -> HttpResponse:
    return _chosen(request, space_or_404(request, slug, "subscribe"), None)


def _chosen(request: SignedInRequest, here: Space, topic: Topic | None) -> HttpResponse:
    form = FollowingForm(
        request.POST if request.method == "POST" else None,
        of_topic=topic is not None,
        level=following.own(request.user, here, topic),
    )
    if request.method == "POST" and form.is_valid():
        following.follow(request.user, here, form.cleaned_data["level"], topic)
        messages.success(request, _("Saved."))
        return redirect(topic) if topic else redirect("forum:topics", here.slug)
    context = {"space": here, "tab": "forum", "topic": topic, "form": form}
    return render(request, "forum/subscription_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@account_only
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Only of what may be read now; the others stay unsaid."""
    rows = Subscription.objects.filter(person=request.user.pk).select_related("space")
    readable = Space.objects.readable_by(request.user).offering("forum")
    spaces = rows.filter(space__in=readable).prefetch_related("space__texts")
    topics = rows.filter(topic__in=Topic.objects.visible_to(request.user))
    context = {
        "spaces": spaces,
        "topics": topics.select_related("topic__forum__space_tie__space"),
        "levels": dict(Level.choices),
    }
    return render(request, "forum/subscription_list.html", context)
