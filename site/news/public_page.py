"""What every page of the public site has in common: the language of its words, stand-ins, one address lookup.

A *stand-in* is Wagtail's alias in another language's tree: the reader's interface around the source's words,
until somebody has translated them (house.md, "Addresses"; `pages/translations.py` makes and ends them).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

STEP = Page.steplen  # characters of `path` per level of the tree


def direction_of(language: str) -> str:
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


class PublicPageQuerySet(PageQuerySet):
    def open_to_all(self) -> PublicPageQuerySet:
        """Live, and nowhere restricted as `get_view_restrictions` says; without an extra query per list."""
        here = ExpressionWrapper(OuterRef(OuterRef("path")), output_field=models.CharField())
        above = Page.objects.annotate(here=here).filter(here__startswith=F("path")).values("translation_key")
        return self.live().filter(
            ~Exists(PageViewRestriction.objects.filter(page__translation_key__in=above))
        )

    def listed(self, index: Page) -> PublicPageQuerySet:
        """What a visitor finds in the list `index`, without the bodies."""
        return self.child_of(index).open_to_all().defer_streamfields()

    def below(self, page: Page) -> PublicPageQuerySet:
        """The same anywhere below `page`."""
        return self.descendant_of(page).open_to_all().defer_streamfields()


class PublicPage(Page):
    """Base of all our page types. `kind` is the word of search's result list."""

    # Where the words were first written; an alias keeps its source's. The reader's own tree says the rest.
    source_language = models.CharField(
        _("written in"), max_length=8, choices=settings.LANGUAGES, blank=True, editable=False
    )

    objects = PageManager.from_queryset(PublicPageQuerySet)()

    kind: ClassVar[str] = "page"
    _restrictions: QuerySet[PageViewRestriction] | None = None

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines"),
        )
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if not self.source_language:
            self.source_language = self._first_language()
        return super().save(*args, **kwargs)

    def _first_language(self) -> str:
        """Its source's for a stand-in, whatever a revision from before says; else that of the tree it is put in."""
        if self.alias_of_id:
            source = type(self)._base_manager.filter(pk=self.alias_of_id)
            return source.values_list("source_language", flat=True).first() or ""
        if not self.locale_id:
            self.locale = self.get_default_locale()
        return str(self.locale.language_code)

    @property
    def is_stand_in(self) -> bool:
        return self.alias_of_id is not None

    @property
    def content_language(self) -> str:
        """Of the words on this page. A page of its own stands in the reader's tree, hence their language."""
        return self.source_language if self.is_stand_in else (get_language() or self.source_language)

    @property
    def content_direction(self) -> str:
        return direction_of(self.content_language)

    @property
    def plain_body(self) -> str:
        """The body without markup, for the search box."""
        body = getattr(self, "body", None)
        pieces = body.stream_block.get_searchable_content(body) if body else []
        return "\n".join([getattr(self, "intro", ""), *pieces]).strip()

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """On this page or one above it, in whatever language: closed in one is closed in all. One query.

        Wagtail's own follows stand-ins to their source, but not translations, whenever they were made. Asked
        for once per object: what is drawn on a page asks again after whoever served it.
        """
        if self._restrictions is None:
            self._restrictions = self._find_restrictions()
        return self._restrictions

    def _find_restrictions(self) -> QuerySet[PageViewRestriction]:
        above = [self.path[:end] for end in range(STEP, len(self.path) + 1, STEP)]
        keys = Page.objects.filter(path__in=above).values("translation_key")
        return PageViewRestriction.objects.filter(page__translation_key__in=keys)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["content_language"] = self.content_language
        context["content_direction"] = self.content_direction
        return context


def synchronized(*names: str) -> list[SynchronizedField]:
    """Fields wagtail-localize copies from the source; it knows nothing of many-to-many fields by itself."""
    return [SynchronizedField(name) for name in names]
