"""The closed set of blocks for everything editors write. What is not here cannot be put on a page.

wagtail-localize reads them: texts become strings to translate, addresses and pictures become values that a
translator may replace.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from news.links import at_readers_place

# No colour, no size, no h1 or h2: headings are a block of their own, so that the outline stays right.
FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]

is_address = RegexValidator(
    re.compile(r"^(?:https://[^\s<>\"']+|/(?!/)[^\s<>\"']*)$"),
    _("Write an address of this site (/account/signup/) or one that begins with https://."),
)


class AddressBlock(blocks.URLBlock):
    """https://… or a path of ours; a path without a language gets the reader's in front when shown."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = forms.CharField(
            required=required, help_text=help_text, max_length=500, validators=[is_address]
        )


def in_reader_language(address: str) -> str:
    """`/account/signup/` as the reader's `/fr/account/signup/`; what names its language or host stays."""
    from django.conf import settings

    steps = address.split("/")
    unprefixed = {"files", "documents", "renditions", "static"} | dict(settings.LANGUAGES).keys()
    if not address.startswith("/") or steps[1] in unprefixed:
        return address
    return f"/{get_language()}{address}"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3)
    author = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "news/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=250,
        help_text=_("What somebody who does not see the picture needs to know."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "news/blocks/figure.html"


class CallValue(blocks.StructValue):
    @cached_property
    def address(self) -> str:
        """Where it leads for this reader; empty when the page is gone or not published."""
        page = self.get("page")
        if page is not None:
            return at_readers_place([page.translation_key]).get(page.translation_key, "")
        return in_reader_language(self.get("url") or "")


class CallBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Words"), max_length=80)
    page = blocks.PageChooserBlock(label=_("A page of this site"), required=False)
    url = AddressBlock(label=_("or an address"), required=False)

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "news/blocks/call.html"
        value_class = CallValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            error = ValidationError(_("Choose a page or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"url": error})
        return cleaned


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "news/blocks/question.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=150, template="news/blocks/heading.html"
    )
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, template="news/blocks/text.html")
    quote = QuoteBlock()
    image = FigureBlock()
    cta = CallBlock()
    question = QuestionBlock()

    class Meta:
        required = False
