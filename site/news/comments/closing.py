"""When nobody can add to the comments of a page any more: an editor said so, or enough days have passed."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from news.public_page import PublicPage


class CommentedPage(PublicPage):
    """Base of page types that take comments. The source page's word counts for all its translations."""

    comments_closed = models.BooleanField(
        _("comments are closed"),
        default=False,
        help_text=_("What is there stays; nobody can add to it. Counts for all languages of the page."),
    )

    settings_panels = [*Page.settings_panels, FieldPanel("comments_closed")]

    class Meta:
        abstract = True


def are_closed(source: CommentedPage, after_days: int) -> bool:
    """`after_days` from the settings of the site: 0 is never."""
    if source.comments_closed:
        return True
    since = source.first_published_at
    return bool(after_days and since and since < timezone.now() - timedelta(days=after_days))
