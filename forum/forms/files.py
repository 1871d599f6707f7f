"""Files that go with words: chosen now, or kept since before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import ngettext

from files.cleaning import CleanFile, cleaned
from files.purposes import PICTURE, POST
from forum.posting import MOST_FILES

if TYPE_CHECKING:
    from files.models import StoredFile


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Up to MOST_FILES pictures, cleaned here, so that no transaction waits for a re-encoding."""

    purpose = PICTURE
    widget = FilesInput(attrs={"accept": PICTURE.accept, "data-uploads": ""})

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            raise too_many()
        return [cleaned(upload, self.purpose) for upload in uploads]


class FilesField(PicturesField):
    """What goes with a post: documents and sound too."""

    purpose = POST
    widget = FilesInput(attrs={"accept": POST.accept, "data-uploads": ""})


class KeptFiles(forms.CheckboxSelectMultiple):
    """Drawn only where something is kept."""

    is_shown = False

    @property
    def is_hidden(self) -> bool:
        return not self.is_shown


def too_many() -> ValidationError:
    words = ngettext("At most %(count)d file.", "At most %(count)d files.", MOST_FILES)
    return ValidationError(words % {"count": MOST_FILES})


def named(stored: StoredFile) -> str:
    return f"\u2068{stored.name}\u2069 ({filesizeformat(stored.size)})"
