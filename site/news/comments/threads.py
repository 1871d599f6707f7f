"""What stands under a page: its comments in the line of time, a part at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Window
from django.urls import reverse

from news.comments.closing import are_closed
from news.comments.models import Comment
from news.comments.options import options
from news.comments.pages import open_page, source_of

if TYPE_CHECKING:
    from news.comments.closing import CommentedPage

PER_PAGE: Final = 50


@dataclass
class Discussion:
    """`total` counts the places; `rest` those that the page of its own goes on with."""

    comments: list[Comment]
    total: int
    closed: bool

    @property
    def rest(self) -> int:
        return self.total - len(self.comments)


def under(page: CommentedPage) -> Discussion | None:
    """None where there are none to be seen. One query, once its translations are known.

    Restrictions were asked for by whoever serves the page; the answer is kept on it.
    """
    if not page.live or page.get_view_restrictions():
        return None
    rows = Comment.objects.of(page.translation_key).standing().with_voice()
    comments = list(rows.annotate(total=Window(Count("pk")))[:PER_PAGE])
    total = comments[0].total if comments else 0
    is_source = not page.is_stand_in and page.content_language == page.source_language
    source = page if is_source else _source_among(page.live_translations()) or source_of(page)
    return Discussion(comments, total, are_closed(source, options().close_after_days))


def _source_among(pages: list[CommentedPage]) -> CommentedPage | None:
    """The switch of languages has fetched them already; a source that is not live is asked for."""
    own = (
        page for page in pages if not page.alias_of_id and page.locale.language_code == page.source_language
    )
    return next(own, None)


def address_of(comment: Comment, request: Any = None) -> str:
    """Where a reader finds it, in their language. Raises Http404."""
    page = open_page(comment.about)
    number = Comment.objects.position_of(comment) // PER_PAGE + 1
    if number == 1:
        return f"{page.get_url(request)}#{comment.anchor}"
    return f"{reverse('comments:comments', args=[comment.about])}?page={number}#{comment.anchor}"
