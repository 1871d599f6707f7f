"""Blocks of files: to keep, to listen to, to watch. What a file weighs is said before it is fetched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks import samples
from news.blocks.addresses import ForeignAddressBlock, host_of
from news.blocks.choosers import FileChooser, PictureChooser
from news.blocks.pictures import MEDIA
from news.blocks.running import RunningTextBlock
from news.blocks.words import FEATURES, SAMPLE_PARAGRAPH


def _title(required: bool = True, help_text: Any = None) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Title"), required=required, max_length=150, help_text=help_text)


def _transcript() -> RunningTextBlock:
    return RunningTextBlock(
        label=_("What is said, in writing"),
        required=False,
        features=FEATURES,
        help_text=_("For who cannot hear it, or pays for every megabyte."),
    )


def _must_be(kind: str, document: Any, words: Any) -> None:
    if document is not None and not document.content_type.startswith(f"{kind}/"):
        raise blocks.StructBlockValidationError({"document": ValidationError(words)})


class FileBlock(blocks.StructBlock):
    document = FileChooser(label=_("File"))
    title = _title(required=False, help_text=_("Empty: the file's own title."))
    language = blocks.ChoiceBlock(label=_("Language of the file"), required=False, choices=settings.LANGUAGES)

    class Meta:
        icon = "doc-full"
        label = _("File")
        group = MEDIA
        description = _("A file to keep. Its type and size are shown before it is fetched.")
        template = "news/blocks/file.html"

    def get_preview_value(self) -> Any:
        return self.normalize({"document": samples.document("pdf", 240), "title": _now("A model register")})


class AudioBlock(blocks.StructBlock):
    document = FileChooser(label=_("Sound file"))
    title = _title()
    transcript = _transcript()

    class Meta:
        icon = "media"
        label = _("Sound")
        group = MEDIA
        description = _("A sound to listen to on the page. Nothing is fetched before the reader starts it.")
        template = "news/blocks/audio.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _must_be("audio", cleaned["document"], _("Choose a sound file (MP3, OGG, M4A or WAV)."))
        return cleaned

    def get_preview_value(self) -> Any:
        value = {"document": samples.document("mp3", 3200), "title": _now("Ten minutes on registers")}
        return self.normalize({**value, "transcript": str(SAMPLE_PARAGRAPH)})


class VideoValue(blocks.StructValue):
    @property
    def host(self) -> str:
        """Where a film elsewhere is; empty for one of our own."""
        return host_of(self.get("url") or "")


class VideoBlock(blocks.StructBlock):
    """Our own film plays here; a film elsewhere is a link that says where it leads: no other host is asked before."""

    title = _title()
    document = FileChooser(label=_("A film of ours"), required=False)
    url = ForeignAddressBlock(
        label=_("or a film elsewhere"),
        required=False,
        help_text=_("https://… Readers are told where it opens; nothing is fetched from there before."),
    )
    poster = PictureChooser(label=_("Picture shown before"), required=False)
    transcript = _transcript()

    class Meta:
        icon = "media"
        label = _("Film")
        group = MEDIA
        description = _(
            "A film of ours plays on the page; one elsewhere opens there when the reader says so."
        )
        template = "news/blocks/video.html"
        value_class = VideoValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["document"]) == bool(cleaned["url"]):
            error = ValidationError(_("Choose a film of ours or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"url": error})
        _must_be("video", cleaned["document"], _("Choose a film (MP4 or WebM)."))
        return cleaned

    def get_preview_value(self) -> Any:
        title = _now("A morning at the court")
        return self.normalize(
            {"title": title, "url": "https://video.example/w/1", "poster": samples.picture()}
        )
