"""Themes in the CMS: a slug, and a name per language beside it."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from themes.models import Theme, ThemeQuerySet


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["__str__", "slug"]
    panels = [
        FieldPanel("slug"),
        InlinePanel("names", heading=_("Names"), label=_("name"), min_num=1, max_num=8),
    ]

    def get_queryset(self, request: HttpRequest) -> ThemeQuerySet:
        return Theme.objects.with_names()


register_snippet(ThemeViewSet)
