"""Which comments a reader may see. Only those of pages that are live and open to all are within reach at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from wagtail.models import Page

from news.public_page import PublicPageQuerySet

if TYPE_CHECKING:
    from news.comments.models import Comment

# Roots by time, each with what answers it below.
LINE_OF_TIME: Final = ("thread_id", "order", "pk")


def open_pages() -> PublicPageQuerySet:
    """Of any type: live somewhere, and nowhere restricted."""
    return PublicPageQuerySet(Page).open_to_all()


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, key: UUID) -> CommentQuerySet:
        """Of one page, whatever the language it is read in."""
        return self.filter(about=key)

    def reachable(self) -> CommentQuerySet:
        """A restricted or withdrawn page takes its comments along, wherever they might show."""
        return self.filter(about__in=open_pages().values("translation_key"))

    def shown(self) -> CommentQuerySet:
        return self.filter(state="shown")

    def standing(self) -> CommentQuerySet:
        """What has a place under the page: what is shown, and the gap that answers still hang on."""
        rows = type(self)(self.model).filter(state="shown")
        in_thread = Q(Exists(rows.filter(thread_id=OuterRef("thread_id"))), level=0)
        answered = in_thread | Q(Exists(rows.filter(parent_id=OuterRef("pk"))), level=1)
        return self.filter(Q(state="shown") | Q(state__in=("hidden", "removed")) & answered)

    def with_voice(self) -> CommentQuerySet:
        """What is drawn under a page. Words that are not shown are not even read: `words` is empty then."""
        said = Case(When(state="shown", then=F("html")), default=Value(""), output_field=models.TextField())
        rows = self.select_related("user").defer("comment", "html", "hidden_reason")
        return rows.annotate(words=said).order_by(*LINE_OF_TIME)

    def with_case(self) -> CommentQuerySet:
        """What an editor decides by. Reports come in one more query."""
        from news.comments.models import Report

        rows = self.select_related("user", "hidden_by")
        open_reports = models.Prefetch(
            "reports", Report.objects.filter(settled_at=None).select_related("by"), to_attr="open_reports"
        )
        return rows.prefetch_related(open_reports)

    def reported(self) -> CommentQuerySet:
        from news.comments.models import Report

        rows = Report.objects.filter(comment=OuterRef("pk"), settled_at=None)
        return self.filter(Exists(rows), state="shown")

    def position_of(self, comment: Any) -> int:
        """How many stand before it under its page."""
        before = Q(thread_id__lt=comment.thread_id) | Q(thread_id=comment.thread_id, order__lt=comment.order)
        return self.of(comment.about).standing().filter(before).count()
