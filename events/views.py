from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from communities.views import space_or_404
from events.calendar_files import calendar_file
from events.clocks import clocks
from events.forms import EventForm
from events.models import Event

if TYPE_CHECKING:
    from events.querysets import EventQuerySet

PER_PAGE = 20


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Coming ones first; `?when=past` leads to what was."""
    context = _listing(request, Event.objects.visible_to(request.user))
    return render(request, "events/event_list.html", context)


@require_safe
def space_events(request: HttpRequest, slug: str) -> HttpResponse:
    space = space_or_404(request, slug)
    context = _listing(request, Event.objects.visible_to(request.user).filter(space=space))
    return render(request, "events/space_event_list.html", {**context, "space": space, "tab": "events"})


def _listing(request: HttpRequest, visible: EventQuerySet) -> dict[str, Any]:
    is_past = request.GET.get("when") == "past"
    chosen = visible.past() if is_past else visible.coming()
    try:
        page = Paginator(chosen.with_card(), PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as beyond:
        raise Http404 from beyond
    return {"page_obj": page, "is_past": is_past}


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = _visible_or_404(request, slug)
    is_over = found.ends_at < timezone.now()
    return render(
        request, "events/event_page.html", {"event": found, "clocks": clocks(found), "is_over": is_over}
    )


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = _visible_or_404(request, slug)
    response = HttpResponse(calendar_file(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


def _visible_or_404(request: HttpRequest, slug: str) -> Event:
    """The same 404 for what is not there and for what is not this reader's."""
    found: Event | None = Event.objects.visible_to(request.user).with_card().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest, slug: str) -> HttpResponse:
    space = space_or_404(request, slug, "announce")
    form = EventForm(request.POST if request.method == "POST" else None, space=space, by=request.user)
    if request.method == "POST" and form.is_valid():
        assert request.user.is_authenticated  # noqa: S101 -- who may announce is somebody
        made = Event.objects.announce(space, by=request.user, **form.announcement())
        return redirect(made)
    status = 422 if form.errors else 200
    return render(
        request, "events/event_form.html", {"space": space, "tab": "events", "form": form}, status=status
    )
