"""One's own news: the feed (what is new in my spaces) and the notifications (what was meant for me)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from communities.activity import gathered, lines_for
from communities.feed import PAGE, page_of, page_or_404
from communities.models import Activity, Notification, Space
from communities.permissions import in_network
from communities.views.door import SignedInRequest, account_only


@require_safe
@account_only
def feed(request: SignedInRequest) -> HttpResponse:
    """By time, never ranked. A newcomer reads that their account waits."""
    if not in_network(request.user):
        return render(request, "communities/feed_waiting.html")
    page = page_of(Activity.objects.in_spaces_of(request.user).with_line(), request)
    context = {
        "page": page,
        "news": gathered(page.rows, lines_for(request.user, page.rows)),
        "mine": Space.objects.readable_by(request.user).of_member(request.user).with_texts(),
    }
    return render(request, "communities/feed.html", context)


@require_safe
@account_only
def notifications(request: SignedInRequest) -> HttpResponse:
    own = Notification.objects.visible_to(request.user).with_line().order_by("-pk")
    page = page_or_404(Paginator(own, PAGE), request)
    readable = set(Space.objects.readable_by(request.user).values_list("pk", flat=True))
    activities = [row.activity for row in page if row.activity.space_id in {None, *readable}]
    context = {"page_obj": page, "lines": lines_for(request.user, activities), "readable": readable}
    return render(request, "communities/notification_list.html", context)


@require_POST
@account_only
def reading(request: SignedInRequest) -> HttpResponse:
    """Marks all of one's notifications as read."""
    Notification.objects.filter(recipient=request.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("communities:notifications")
