"""What editors upload in the CMS is cleaned before Wagtail keeps it: alone, many at once, in a chooser, anew.

Wired by name: WAGTAILDOCS_DOCUMENT_FORM_BASE, WAGTAILIMAGES_IMAGE_FORM_BASE.
"""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.cleaning import CleanFile, cleaned, cleaned_document
from files.cms_told import noted


class CleanDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        """Raises files.cleaning.UnacceptableFile, which the form shows as it is."""
        upload = self.cleaned_data["file"]
        return _named(noted(cleaned_document(upload))) if isinstance(upload, UploadedFile) else upload


class PictureField(WagtailImageField):
    """As it is shown later: upright, without place and camera, no larger than a page needs."""

    def to_python(self, data: Any) -> Any:
        """Cleaned first: Wagtail opens the picture in this very process, and stumbles over a broken one."""
        return super().to_python(_sent(noted(cleaned(data))) if data else data)


class CleanImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            own = self.fields["file"]
            self.fields["file"] = PictureField(required=own.required, label=own.label, widget=own.widget)


def _sent(clean: CleanFile) -> SimpleUploadedFile:
    return SimpleUploadedFile(clean.name, clean.content.read(), clean.content_type)


def _named(clean: CleanFile) -> ContentFile[bytes]:
    clean.content.name = clean.name
    return clean.content


def clean_stash(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Of many uploads, one whose title or tags are refused waits as Wagtail's UploadedFile, as it came."""
    file = instance.file
    if file and not file._committed:
        clean = cleaned if instance.for_content_type.model == "image" else cleaned_document
        instance.file = _named(clean(file.file))
