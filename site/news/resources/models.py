"""The public library: resources, and the list of them with its facets."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from news.blocks import BodyBlock
from news.comments.closing import CommentedPage
from news.index_page import IndexPage, asked_page
from news.public_page import PublicPageQuerySet, synchronized
from news.resources.citation import Citation
from news.resources.kinds import Kind
from news.resources.licences import LICENCES, OTHER, Licence, licence_of
from news.theme_names import themes_of
from themes.models import Theme

# The oldest and the newest year that a resource may bear.
YEARS = (1800, 2199)


class ResourceQuerySet(PublicPageQuerySet):
    def with_row(self) -> ResourceQuerySet:
        """What a row of a list shows."""
        return self.select_related("document")

    def newest(self, index: Page) -> ResourceQuerySet:
        return self.listed(index).select_related("document").order_by("-first_published_at", "-pk")

    def in_order(self, pks: list[int]) -> list[ResourcePage]:
        """These, in this order. One query."""
        rows = self.filter(pk__in=pks).with_row().defer_streamfields().in_bulk()
        return [rows[pk] for pk in pks if pk in rows]


class ResourceIndexPage(IndexPage):
    """The library: facets that combine, as plain links (`facets.py`)."""

    subpage_types = ["news.ResourcePage"]
    template = "news/resource_list.html"

    class Meta:
        verbose_name = _("list of resources")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.resources.facets import Shelf

        context = super().get_context(request, *args, **kwargs)
        shelf = Shelf.asked_for(self, request.GET)
        page_obj = asked_page(shelf.found(), request)
        page_obj.object_list = ResourcePage.objects.in_order(page_obj.object_list)
        # One page stands in the indexes of search engines, not each of its combinations.
        noindex = bool(shelf.asked.query())
        return context | {"shelf": shelf, "page_obj": page_obj, "noindex": noindex}


class ResourcePage(CommentedPage):
    """A public resource: words about it and, mostly, one file. `document` may be another one per language."""

    Kind = Kind

    kind = "resource"

    intro = models.TextField(_("what it is, and for whom"), max_length=500, blank=True)
    resource_kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GUIDE)
    country = CountryField(_("country"), blank=True, help_text=_("Empty when it is of use everywhere."))
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])],
        help_text=_("When it was published."),
    )
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    licence = models.CharField(_("licence"), max_length=80, choices=LICENCES, blank=True)
    licence_words = models.CharField(
        _("licence in words"),
        max_length=120,
        blank=True,
        help_text=_("When it is none of the list: what readers may do with it."),
    )
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
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("licence"), FieldPanel("licence_words")]),
        FieldRowPanel([FieldPanel("document"), FieldPanel("file_language")]),
        FieldPanel("body"),
        FieldPanel("themes"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    override_translatable_fields = synchronized(
        "country", "publisher", "licence", "themes", "comments_closed"
    )
    parent_page_types = ["news.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "news/resource_detail.html"

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self) -> None:
        super().clean()
        if self.licence == OTHER and not self.licence_words:
            raise ValidationError({"licence_words": _("Say in words what readers may do with it.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        facts = {"citation": Citation.of(self), "other_files": self.other_files()}
        return context | facts | {"themes": themes_of(self)}

    def other_files(self) -> list[ResourcePage]:
        """Versions of this resource, in whatever language, that come with another file. One query."""
        family = ResourcePage.objects.open_to_all().filter(
            translation_key=self.translation_key, alias_of=None
        )
        others = family.exclude(document=None).exclude(document=self.document_id).exclude(pk=self.pk)
        return list({page.document_id: page for page in others.with_row().defer_streamfields()}.values())

    @property
    def material_language(self) -> str:
        """Of the file when it has words, else of the words on the page: what one gets to read or hear."""
        return (self.document_id and self.file_language) or self.content_language

    @property
    def licence_shown(self) -> Licence:
        return licence_of(self.licence, self.licence_words)

    @property
    def is_audio(self) -> bool:
        return bool(self.document and self.document.content_type.startswith("audio/"))

    @property
    def is_video(self) -> bool:
        return bool(self.document and self.document.content_type.startswith("video/"))
