"""Pages with a count that is kept, so that no request counts posts."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE: Final = 20
Rows = QuerySet[Any] | Any  # what can be counted and cut into slices
LONGEST_NUMBER: Final = 6  # digits


class CountedPaginator(Paginator[Any]):
    def __init__(self, rows: Rows, count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.count = count


def page_or_404(request: HttpRequest, rows: Rows, count: int) -> Page[Any]:
    """`?page=`: beyond the end, or no number, is the ordinary 404."""
    given = request.GET.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise Http404
    try:
        return CountedPaginator(rows, count).page(int(given))
    except InvalidPage as error:
        raise Http404 from error


def page_of_position(position: int) -> int:
    """The page that shows the `position`th row, counted from 1."""
    return max(position - 1, 0) // PAGE_SIZE + 1
