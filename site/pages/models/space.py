"""The public face of every space, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail_localize.fields import TranslatableField

from communities.models import Space
from communities.permissions import Rights, in_network, rights
from news.blocks import BodyBlock
from news.public_page import PublicPage, PublicPageQuerySet, synchronized
from pages import presentation
from themes.models import Theme

if TYPE_CHECKING:
    from communities.permissions import AnyUser


class SpaceIndexPage(PublicPage):
    """*Communities*: the landing pages of those spaces the reader may know of."""

    intro = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.SpacePage"]
    max_count_per_parent = 1
    template = "pages/space_list.html"

    class Meta:
        verbose_name = _("list of communities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Raises Http404 for a theme or a language that nobody knows."""
        context = super().get_context(request, *args, **kwargs)
        known = SpacePage.objects.listed(self).known_to(request.user).with_card()
        landings = list(known.prefetch_related("space__themes"))
        theme, language = request.GET.get("theme", ""), request.GET.get("language", "")
        context["themes"] = (
            Theme.objects.filter(spaces__in=[page.space_id for page in landings]).distinct().with_names()
        )
        context["theme"] = _asked_theme(theme)
        context["languages"] = [code for code, _name in settings.LANGUAGES if _speaks(landings, code)]
        context["asked_language"] = language
        if language and language not in dict(settings.LANGUAGES):
            raise Http404
        shown = [page for page in landings if page.is_about(context["theme"]) and page.speaks(language)]
        context["landings"] = sorted(shown, key=lambda page: (page.space.is_read_only, page.space.name))
        return context


def _asked_theme(slug: str) -> Theme | None:
    theme = Theme.objects.with_names().filter(slug=slug[:100]).first() if slug else None
    if slug and theme is None:
        raise Http404
    return theme


def _speaks(landings: list[SpacePage], code: str) -> bool:
    return any(page.speaks(code) for page in landings)


class SpacePageQuerySet(PublicPageQuerySet):
    def known_to(self, user: AnyUser) -> SpacePageQuerySet:
        return self.filter(space__in=Space.objects.known_to(user))

    def in_use(self) -> SpacePageQuerySet:
        return self.filter(space__archived_at=None, space__frozen_at=None).order_by("path")

    def with_card(self) -> SpacePageQuerySet:
        return self.select_related("space").prefetch_related("space__texts")


class SpacePage(PublicPage):
    """The landing page of a space, one in every language. Reads the space's own words; editors add blocks.

    Title and slug are set by code (`landing.py`). It asks the space whenever it is served or listed: whoever
    may not know the space gets the ordinary 404.
    """

    kind = "space"

    # A space is never deleted; hiding one deletes these pages (`purge.py`).
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="landing_pages", editable=False)
    # The language of the tree it stands in, beside `space` so that the database keeps one page for the two.
    place = models.CharField(max_length=8, choices=settings.LANGUAGES, editable=False)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    resources = StreamField(
        [("resource", PageChooserBlock(page_type="news.ResourcePage", label=_("Resource")))],
        verbose_name=_("chosen resources"),
        blank=True,
        max_num=8,
        help_text=_("Shown in the reader's language where there is a translation, in this order."),
    )

    objects = PageManager.from_queryset(SpacePageQuerySet)()

    content_panels = [
        HelpPanel(_("Name and purpose are the space's own: its facilitators write them, in each language.")),
        FieldPanel("body"),
        FieldPanel("resources"),
    ]
    promote_panels = [FieldPanel("search_description")]
    # Title and slug stay out: code sets them in each language.
    translatable_fields = [
        TranslatableField("body"),
        TranslatableField("search_description"),
        *synchronized("resources"),
    ]
    parent_page_types = ["pages.SpaceIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False
    template = "pages/space_landing.html"

    class Meta:
        verbose_name = _("landing page of a community")
        verbose_name_plural = _("landing pages of communities")
        constraints = [
            models.UniqueConstraint(fields=["space", "place"], name="one_landing_page_per_language")
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.place = self.locale.language_code
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.space_id and self.space.is_hidden:
            raise ValidationError(_("A hidden space has no public page."))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.rights_of(request.user) is None:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def rights_of(self, user: AnyUser) -> Rights | None:
        """None: `user` must not learn that this space exists."""
        found = rights(user, self.space)
        return found if found.allows("know") else None

    @staticmethod
    def without_body(rows: PublicPageQuerySet) -> PublicPageQuerySet:
        """The resources chosen in the main language of the space show in all."""
        return rows.defer("body")

    def speaks(self, language: str) -> bool:
        return not language or any(text.language == language for text in self.space.texts.all())

    def is_about(self, theme: Theme | None) -> bool:
        return theme is None or any(one.pk == theme.pk for one in self.space.themes.all())

    @property
    def plain_body(self) -> str:
        return "\n".join([self.space.purpose, super().plain_body])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        models.prefetch_related_objects([self.space], "texts")
        context = super().get_context(request, *args, **kwargs)
        context["space"] = self.space
        context["text"] = self.space.text
        context["rights"] = self.rights_of(request.user)
        context["waits"] = request.user.is_authenticated and not in_network(request.user)
        context["languages"] = [row.language for row in self.space.texts.all() if row.name]
        context["facilitators"] = presentation.named_facilitators(self.space)
        context["events"] = presentation.coming_open(self.space)
        context["resources"] = presentation.chosen_resources(self)
        context["figures"] = presentation.figures_of(self.space)
        return context
