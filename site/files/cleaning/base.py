"""What every cleaner shares: the refusal in words, what may be kept, and a safe name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.files.base import ContentFile, File

LONGEST_NAME: Final = 120


class UnacceptableFile(ValidationError):
    """Carries a message in the reader's language; a form shows it as it is."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What may be kept: true type, safe name, bytes without metadata. A picture has a width and a height."""

    name: str
    content_type: str
    content: ContentFile[bytes]
    size: int
    width: int | None = None
    height: int | None = None


def refuse_size(upload: File[Any]) -> None:
    """Raises UnacceptableFile for nothing at all and for too much."""
    if not upload.size:
        raise UnacceptableFile(_("This file is empty."), code="empty")
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise UnacceptableFile(
            _("This file is too large: %(size)s. At most %(most)s are possible.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(settings.MAX_UPLOAD_BYTES)},
            code="too_large",
        )


def damaged() -> UnacceptableFile:
    return UnacceptableFile(
        _("This file is damaged: it cannot be opened. Please save it anew and choose it again."),
        code="damaged",
    )


def safe_name(given: str, ending: str) -> str:
    """The person's own name for it, without folders, invisible characters or a false ending."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    stem = re.sub(r"[\s\"<>|?*:%#&;]+", " ", PurePosixPath(name).stem).strip(" .")
    return f"{stem[:LONGEST_NAME].strip() or 'picture'}{ending}"
