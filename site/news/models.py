"""News and public resources. Their comments will come through this room alone (it is comments-xtd's only door)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from news.blocks import BodyBlock
from news.public_page import PublicPage, PublicPageQuerySet, synchronized
from themes.models import Theme

PER_PAGE = 12


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


class ResourceQuerySet(PublicPageQuerySet):
    def with_row(self) -> ResourceQuerySet:
        """What a row of a list shows."""
        return self.select_related("document")

    def about(self, theme: Theme | None) -> ResourceQuerySet:
        return self.filter(themes=theme) if theme else self

    def newest(self, index: Page) -> ResourceQuerySet:
        return self.listed(index).select_related("document").order_by("-first_published_at", "-pk")


class IndexPage(PublicPage):
    """A list of pages with the themes they are about, filtered by plain links."""

    intro = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def rows(self) -> Any:
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        theme = _asked_theme(request)
        rows = self.filtered(self.rows(), request).about(theme)
        context["page_obj"] = _asked_page(Paginator(rows.with_row(), PER_PAGE), request)
        context["theme"] = theme
        context["themes"] = Theme.objects.filter(**self.theme_lookup()).distinct().with_names()
        return context

    def filtered(self, rows: Any, request: HttpRequest) -> Any:
        return rows

    def theme_lookup(self) -> dict[str, Any]:
        """Themes that lead somewhere from this list."""
        raise NotImplementedError


def _asked_theme(request: HttpRequest) -> Theme | None:
    """Raises Http404 for a theme nobody knows."""
    slug = request.GET.get("theme", "")
    theme = Theme.objects.with_names().filter(slug=slug).first() if slug else None
    if slug and theme is None:
        raise Http404
    return theme


def _asked_page(pages: Paginator, request: HttpRequest) -> Any:
    """Raises Http404 beyond the end and for what is no number; the first page may be empty."""
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= pages.num_pages:
        raise Http404
    return pages.page(int(number[:9]))


class NewsIndexPage(IndexPage):
    subpage_types = ["news.NewsPage"]
    parent_page_types = ["pages.HomePage"]
    template = "news/news_list.html"

    class Meta:
        verbose_name = _("list of news")

    def rows(self) -> ArticleQuerySet:
        return NewsPage.objects.newest(self)

    def theme_lookup(self) -> dict[str, Any]:
        return {"news__path__startswith": self.path, "news__live": True}


class NewsPage(PublicPage):
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
    override_translatable_fields = synchronized("author_name", "picture_credit", "themes")
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
        context["more"] = NewsPage.objects.beside(self)[:3] if self.pk else []
        return context


class ResourceIndexPage(IndexPage):
    subpage_types = ["news.ResourcePage"]
    parent_page_types = ["pages.HomePage"]
    template = "news/resource_list.html"

    class Meta:
        verbose_name = _("list of resources")

    def rows(self) -> ResourceQuerySet:
        return ResourcePage.objects.newest(self)

    def filtered(self, rows: ResourceQuerySet, request: HttpRequest) -> ResourceQuerySet:
        """Raises Http404 for a kind that does not exist."""
        kind = request.GET.get("kind", "")
        if kind and kind not in ResourcePage.Kind.values:
            raise Http404
        return rows.filter(resource_kind=kind) if kind else rows

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["kinds"] = ResourcePage.Kind.choices
        context["kind"] = request.GET.get("kind", "")
        return context

    def theme_lookup(self) -> dict[str, Any]:
        return {"resources__path__startswith": self.path, "resources__live": True}


class ResourcePage(PublicPage):
    """A public resource: words about it and, mostly, one file. `document` may be another one per language."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide")
        REPORT = "report", _("Report")
        CASE_LAW = "case-law", _("Case law")
        TEMPLATE = "template", _("Template")
        TRAINING = "training", _("Training")
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")

    kind = "resource"

    intro = models.TextField(_("what it is, and for whom"), max_length=500, blank=True)
    resource_kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GUIDE)
    country = CountryField(_("country"), blank=True, help_text=_("Empty when it is of use everywhere."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    file_language = models.CharField(
        _("language of the file"),
        max_length=8,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty when it has no words."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="resources")

    objects = PageManager.from_queryset(ResourceQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("resource_kind"), FieldPanel("year"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("licence")]),
        FieldRowPanel([FieldPanel("document"), FieldPanel("file_language")]),
        FieldPanel("body"),
        FieldPanel("themes"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    override_translatable_fields = synchronized("country", "publisher", "licence", "themes")
    parent_page_types = ["news.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "news/resource_detail.html"

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @property
    def is_audio(self) -> bool:
        return bool(self.document and self.document.content_type.startswith("audio/"))
