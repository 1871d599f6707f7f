"""Fields of the library's forms: files that are cleaned as they come, names, addresses on the web."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms import WordsField
from communities.library.models import LONGEST_ADDRESS, LONGEST_NAME
from communities.library.words import tidy
from files.cleaning import CleanFile, UnacceptableFile, cleaned
from files.purposes import LIBRARY

if TYPE_CHECKING:
    from django.core.files.base import File

MOST_FILES: Final = 10  # in one sending
PATIENCE: Final = 25  # seconds after which no other file of a sending is begun; most take less than one


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file that was sent. `clean` is None where it was refused, and `refused` says why."""

    name: str
    digest: str
    clean: CleanFile | None = None
    refused: str = ""


def prepare(upload: File[Any]) -> Prepared:
    """Takes its time: before a transaction, never in one."""
    name = tidy(upload.name or "")
    digest = hashlib.sha256(f"{name}\0".encode(errors="replace"))
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    try:
        return Prepared(name, digest.hexdigest()[:16], cleaned(upload, LIBRARY))
    except UnacceptableFile as refused:
        return Prepared(name, digest.hexdigest()[:16], refused=" ".join(refused.messages))


def _too_late(upload: File[Any]) -> Prepared:
    """A web server gives no page of ours for ever: what is not looked into by then is said so."""
    return Prepared(
        tidy(upload.name or ""),
        "",
        refused=_("There was no time left to look into this one. Please choose it again."),
    )


class NameField(WordsField):
    """One line without anything invisible."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Please give it a name.")})
        super().__init__(LONGEST_NAME, label=gettext_lazy("Name"), **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class AddressField(WordsField):
    default_validators = [URLValidator(schemes=["http", "https"])]
    widget = forms.URLInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            LONGEST_ADDRESS,
            label=gettext_lazy("Address on the web"),
            help_text=gettext_lazy("It begins with https:// or http://"),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        given = super().to_python(value).strip()
        return given if not given or "://" in given or ":" in given.split("/")[0] else f"https://{given}"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """`clean` answers a list of Prepared: one that is refused stops no other."""

    widget = FilesInput(attrs={"accept": LIBRARY.accept, "data-uploads": ""})

    def clean(self, data: Any, initial: Any = None) -> list[Prepared]:
        uploads = [upload for upload in data or [] if upload is not None]
        if not uploads:
            raise ValidationError(_("Please choose a file first."))
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                ngettext(
                    "At most %(count)d file at a time. Nothing was kept.",
                    "At most %(count)d files at a time. Nothing was kept.",
                    MOST_FILES,
                )
                % {"count": MOST_FILES}
            )
        until = monotonic() + PATIENCE
        return [
            _too_late(upload) if number and monotonic() > until else prepare(upload)
            for number, upload in enumerate(uploads)
        ]


class FileField(forms.FileField):
    """One file, cleaned. A refusal is the field's error."""

    widget = forms.FileInput(attrs={"accept": LIBRARY.accept})

    def clean(self, data: Any, initial: Any = None) -> Prepared:
        if data is None:
            raise ValidationError(_("Please choose a file first."))
        prepared = prepare(data)
        if prepared.clean is None:
            raise ValidationError(prepared.refused)
        return prepared
