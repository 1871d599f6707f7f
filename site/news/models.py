"""News and public resources. Their comments will come through this room alone (it is comments-xtd's only door)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from news.blocks import BodyBlock
from news.comments.closing import CommentedPage
from news.index_page import IndexPage, asked_page
from news.public_page import PublicPageQuerySet, synchronized
from news.resources.models import ResourceIndexPage, ResourcePage
from news.theme_names import themes_of
from themes.models import Theme

__all__ = ["NewsIndexPage", "NewsPage", "ResourceIndexPage", "ResourcePage"]


class ArticleQuerySet(PublicPageQuerySet):
    def with_row(self) -> ArticleQuerySet:
        """What a row of a list shows."""
        return self.prefetch_related("themes__names")

    def about(self, theme: Theme | None) -> ArticleQuerySet:
        return self.filter(themes=theme) if theme else self

    def newest(self, index: Page) -> ArticleQuerySet:
        return self.listed(index).order_by("-date", "-pk")

    def beside(self, page: Page) -> ArticleQuerySet:
        """Others from the same list, newest first."""
        return (
            self.sibling_of(page, inclusive=False).open_to_all().defer_streamfields().order_by("-date", "-pk")
        )


class NewsIndexPage(IndexPage):
    """Articles by date, filtered by theme with plain links."""

    subpage_types = ["news.NewsPage"]
    template = "news/news_list.html"

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        theme = _asked_theme(request)
        rows = NewsPage.objects.newest(self).about(theme).with_row()
        leading_somewhere = Theme.objects.filter(news__path__startswith=self.path, news__live=True)
        return context | {
            "page_obj": asked_page(rows, request),
            "theme": theme,
            "themes": leading_somewhere.distinct().with_names(),
        }


def _asked_theme(request: HttpRequest) -> Theme | None:
    """Raises Http404 for a theme nobody knows."""
    slug = request.GET.get("theme", "")
    theme = Theme.objects.with_names().filter(slug=slug).first() if slug else None
    if slug and theme is None:
        raise Http404
    return theme


class NewsPage(CommentedPage):
    kind = "news"

    date = models.DateField(_("date"), default=timezone.localdate)
    author_name = models.CharField(
        _("author"), max_length=120, blank=True, help_text=_("As they want to be called in public.")
    )
    intro = models.TextField(_("introduction"), max_length=500, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What somebody who does not see the picture needs to know."),
    )
    picture_credit = models.CharField(_("credit"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="news")

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("author_name")]),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_credit")], _("Picture")
        ),
        FieldPanel("body"),
        FieldPanel("themes"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    override_translatable_fields = synchronized("author_name", "picture_credit", "themes", "comments_closed")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "news/news_detail.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def clean(self) -> None:
        super().clean()
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": _("A picture needs words for those who do not see it.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["themes"] = themes_of(self)
        context["more"] = NewsPage.objects.beside(self)[:3] if self.pk else []
        return context
