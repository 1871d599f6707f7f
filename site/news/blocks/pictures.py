"""Blocks of pictures. Each has words for who does not see it, or says that there is nothing to see."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks import samples
from news.blocks.choosers import PictureChooser

MEDIA = _("Pictures, sound, files")


def _alt() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=250,
        help_text=_("What somebody who does not see the picture needs to know."),
    )


def _decorative() -> blocks.BooleanBlock:
    return blocks.BooleanBlock(
        label=_("Only decoration"),
        required=False,
        help_text=_("Tick this when the picture tells nothing that the text does not say."),
    )


class DescribedPictureBlock(blocks.StructBlock):
    """A picture that is described or called decoration, never neither."""

    image = PictureChooser(label=_("Picture"))
    alt = _alt()
    decorative = _decorative()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["decorative"]:
            cleaned["alt"] = ""
        elif not cleaned["alt"].strip() and not self.is_deferred_validation:
            words = _("A picture needs words for those who do not see it, or the tick “Only decoration”.")
            raise blocks.StructBlockValidationError({"alt": ValidationError(words)})
        return cleaned

    class Meta:
        icon = "image"
        label = _("Picture")


class FigureBlock(DescribedPictureBlock):
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        description = _("A picture as wide as the text, with a caption and a credit.")
        template = "news/blocks/figure.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"image": samples.picture(), "caption": _now("The register lies open."), "credit": "Nadia"}
        )


class PicturePairBlock(blocks.StructBlock):
    first = DescribedPictureBlock(label=_("First picture"))
    second = DescribedPictureBlock(label=_("Second picture"))
    caption = blocks.CharBlock(label=_("Caption of both"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Two pictures")
        group = MEDIA
        description = _("Two pictures of the same shape side by side, cut around their focal points.")
        template = "news/blocks/pair.html"

    def get_preview_value(self) -> Any:
        first, second = samples.pictures(2)
        caption = _now("The register lies open.")
        return self.normalize({"first": {"image": first}, "second": {"image": second}, "caption": caption})
