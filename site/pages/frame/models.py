"""Two forms under "Settings" in the CMS: the site itself, and its menus."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from news.blocks import AddressBlock
from pages.frame.words import SettingsForm, panels


class Accent(models.TextChoices):
    """Each is in tokens.css, light and dark, with at least 7:1 on every ground it stands on (tests/test_css.py)."""

    TEAL = "teal", _("Teal")
    BLUE = "blue", _("Blue")
    PLUM = "plum", _("Plum")
    GREEN = "green", _("Green")


@register_setting(icon="cog", order=1)
class SiteSettings(BaseSiteSetting):
    accent = models.CharField(
        _("colour of links and buttons"),
        max_length=8,
        choices=Accent,
        default=Accent.TEAL,
        help_text=_("Each is readable on light and on dark ground."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Square, at least 88 pixels wide. Without one the site's own mark is shown."),
    )
    mail = models.EmailField(_("public mail address"), blank=True)
    # {"fr": {"name": "…", "about": "…", "contact": "…"}, …}
    words = models.JSONField(default=dict, blank=True, editable=False)

    edit_handler = ObjectList(
        [
            HelpPanel(_("What is left empty in a language is shown in another one, or as the site has it.")),
            *panels(),
            MultiFieldPanel(
                [FieldPanel("accent"), FieldPanel("logo"), FieldPanel("mail")], heading=_("In every language")
            ),
        ],
        base_form_class=SettingsForm,
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("site")


LABELS: Final = [
    (code, blocks.CharBlock(label=name, required=False, max_length=40)) for code, name in settings.LANGUAGES
]


class MenuItemBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("A page of this site"), required=False)
    url = AddressBlock(
        label=_("or an address"),
        required=False,
        help_text=_("/events/ for an address of ours in the reader's language, or https://…"),
    )
    labels = blocks.StructBlock(
        LABELS,
        label=_("Words, in each language"),
        help_text=_("Empty: the page's own title in that language."),
    )

    class Meta:
        icon = "link"
        label = _("Entry")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError(_("Choose a page or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"url": error})
        if cleaned["url"] and not any(cleaned["labels"].values()):
            error = ValidationError(_("An address needs words in at least one language."))
            raise blocks.StructBlockValidationError({"labels": error})
        return cleaned


def _menu(label: Any, most: int) -> StreamField:
    return StreamField([("entry", MenuItemBlock())], verbose_name=label, blank=True, max_num=most)


@register_setting(icon="list-ul", order=2)
class Menus(BaseSiteSetting):
    main = _menu(_("main menu"), 7)
    footer = _menu(_("menu in the footer"), 12)

    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Drag entries into order. Only pages that everybody may read are shown. "
                    "An empty menu is the one the site comes with."
                )
            ),
            FieldPanel("main"),
            FieldPanel("footer"),
        ]
    )

    class Meta:
        verbose_name = _("menus")
        verbose_name_plural = _("menus")
