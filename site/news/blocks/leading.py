"""Blocks that lead elsewhere or to people: call to action, related pages, people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks import samples
from news.blocks.addresses import AddressBlock, in_reader_language
from news.blocks.choosers import PictureChooser
from news.links import Place, places

LEADING = _("Ways on, people")


class CallValue(blocks.StructValue):
    @cached_property
    def address(self) -> str:
        """Where it leads for this reader; empty when the page is gone or not open to all."""
        page = self.get("page")
        if page is not None:
            place = places([page.translation_key]).get(page.translation_key)
            return place.url if place else ""
        return in_reader_language(self.get("url") or "")


class CallBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Words"), max_length=80, help_text=_("What happens: “Read the guide”, not “Click here”.")
    )
    page = blocks.PageChooserBlock(label=_("A page of this site"), required=False)
    url = AddressBlock(label=_("or an address"), required=False)

    class Meta:
        icon = "link"
        label = _("Call to action")
        group = LEADING
        description = _("One next step. A page of this site is shown in the reader's own language.")
        template = "news/blocks/call.html"
        value_class = CallValue
        preview_value = {"text": _("Join the network"), "page": None, "url": "/account/signup/"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            error = ValidationError(_("Choose a page or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"url": error})
        return cleaned


class RelatedValue(blocks.StructValue):
    @cached_property
    def places(self) -> list[Place]:
        """Where the chosen pages are for this reader, in the editors' order; without what is not open to all."""
        keys = [page.translation_key for page in self.get("pages") or () if page is not None]
        found = places(keys)
        return [found[key] for key in dict.fromkeys(keys) if key in found]


class RelatedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Related pages")
        group = LEADING
        description = _("Pages of this site, with their titles in the reader's language.")
        template = "news/blocks/related.html"
        value_class = RelatedValue

    def get_preview_value(self) -> Any:
        return self.normalize({"title": _now("See also"), "pages": samples.pages(3)})


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Name"), max_length=120, help_text=_("As they want to be called in public, and agreed to.")
    )
    role = blocks.CharBlock(label=_("What they do"), required=False, max_length=120)
    image = PictureChooser(label=_("Picture"), required=False)
    text = blocks.TextBlock(label=_("A few words"), required=False, max_length=400, rows=3)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        group = LEADING
        description = _("Name, role, a picture and a few words: only of people who agreed to stand here.")
        template = "news/blocks/people.html"

    def get_preview_value(self) -> Any:
        someone = {"name": "Nadia", "role": _now("Lawyer"), "text": "", "image": samples.picture()}
        return self.normalize({"people": [someone, {**someone, "name": "Fatou", "image": None}]})
