"""What editors upload in the CMS is cleaned before Wagtail keeps it: alone, many at once, in a chooser, anew.

Wired by name: WAGTAILDOCS_DOCUMENT_FORM_BASE, WAGTAILIMAGES_IMAGE_FORM_BASE.
"""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from files.cleaning import CleanFile, cleaned, cleaned_document


class CleanDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        """Raises files.cleaning.UnacceptableFile, which the form shows as it is."""
        upload = self.cleaned_data["file"]
        return _named(cleaned_document(upload)) if isinstance(upload, UploadedFile) else upload


class CleanImageForm(BaseImageForm):
    def clean_file(self) -> Any:
        """As it is shown later: upright, without place and camera, no larger than a page needs."""
        upload = self.cleaned_data["file"]
        return _named(cleaned(upload)) if isinstance(upload, UploadedFile) else upload


def _named(clean: CleanFile) -> ContentFile[bytes]:
    clean.content.name = clean.name
    return clean.content


def clean_stash(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Of many uploads, one whose title or tags are refused waits as Wagtail's UploadedFile, as it came."""
    file = instance.file
    if file and not file._committed:
        clean = cleaned if instance.for_content_type.model == "image" else cleaned_document
        instance.file = _named(clean(file.file))
