"""Lists in time, by key instead of by page number: nothing shifts while somebody writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from communities.models import Activity

PAGE = 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows newest first, and the key after which the next ones begin (empty at the end)."""

    rows: list[Activity]
    next_key: str


def page_of(activities: Any, request: HttpRequest) -> Stretch:
    """The stretch after `?after=<public id>`. A key that is unknown or not the reader's is the ordinary 404.

    `activities` bring what a line shows: `with_line()`, or of one space, which is at hand, the actor.
    """
    rows: QuerySet[Activity] = activities.order_by("-created_at", "-pk")
    if key := request.GET.get("after", ""):
        last = activities.filter(public_id=key[:20]).values("created_at", "pk").first()
        if last is None:
            raise Http404
        rows = rows.filter(created_at__lte=last["created_at"]).exclude(
            created_at=last["created_at"], pk__gte=last["pk"]
        )
    found = list(rows[: PAGE + 1])
    return Stretch(found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else "")


def page_or_404(paginator: Paginator[Any], request: HttpRequest) -> Page[Any]:
    """`?page=`: a number beyond the end, or no number at all, is the ordinary 404."""
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
