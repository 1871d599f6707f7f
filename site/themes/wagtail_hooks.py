"""Themes in the CMS: an address, and a name per language beside it."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from themes.cms_forms import ThemeForm, panels
from themes.models import Theme, ThemeQuerySet


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["__str__", "slug"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                panels(),
                heading=_("Names"),
                help_text=_("At least one. Readers of a language without a name see another one."),
            ),
            FieldPanel(
                "slug",
                help_text=_("Part of the address of lists and feeds: small letters, figures, hyphens."),
            ),
        ],
        base_form_class=ThemeForm,
    )

    def get_queryset(self, request: HttpRequest) -> ThemeQuerySet:
        return Theme.objects.with_names()


register_snippet(ThemeViewSet)
