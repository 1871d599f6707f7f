"""The one way in. Each step may refuse: size, virus scanner, the process that takes the file apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat

from files.antivirus import scan
from files.cleaning.base import CleanFile, Small, safe_name
from files.cleaning.kinds import KINDS, content_type_of
from files.cleaning.limits import SMALL
from files.cleaning.notes import STAYING, Note
from files.cleaning.refusals import UnacceptableFile
from files.purposes import PICTURE, PUBLISHED, Purpose
from files.sandbox.client import in_child

if TYPE_CHECKING:
    from django.core.files.base import File


def cleaned(upload: File[Any], purpose: Purpose = PICTURE) -> CleanFile:
    """Raises UnacceptableFile. Takes its time (a second for a large photograph): call it before a transaction."""
    refuse_size(upload)
    scan(upload)
    answer, content = in_child(upload, upload.name or "", purpose.name)
    try:
        return _clean_file(upload.name or "", answer, content)
    except (KeyError, ValueError, TypeError):
        raise UnacceptableFile("exhausting") from None


def cleaned_document(upload: File[Any]) -> CleanFile:
    """What editors publish."""
    return cleaned(upload, PUBLISHED)


def refuse_size(upload: File[Any]) -> None:
    """Raises UnacceptableFile for nothing at all and for too much."""
    if not upload.size:
        raise UnacceptableFile("empty")
    if upload.size > settings.MAX_UPLOAD_BYTES:
        most = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise UnacceptableFile("too_large", size=filesizeformat(upload.size), most=most)


def _clean_file(given: str, answer: dict[str, Any], content: bytes) -> CleanFile:
    """Of what the child says only words of our own lists are taken. Raises KeyError, ValueError, TypeError."""
    kind, ending = KINDS[answer["kind"]], answer["ending"]
    if ending not in kind.endings or not content:
        raise ValueError(ending)
    width, height = answer["size"] or (None, None)
    content, small = _apart(content, answer["small"])
    notes = {Note(word) for word in answer["notes"]}
    return CleanFile(
        name=safe_name(given, ending),
        content_type=content_type_of(kind, ending),
        content=ContentFile(content),
        size=len(content),
        width=width,
        height=height,
        removed=tuple(each for each in Note if each in notes - STAYING),
        staying=tuple(each for each in Note if each in notes & STAYING),
        small=small,
    )


def _apart(content: bytes, small: Any) -> tuple[bytes, Small | None]:
    """The file, and the small picture behind it. Raises ValueError, TypeError."""
    if small is None:
        return content, None
    at, width, height = (int(number) for number in small)
    if not (0 < at < len(content) and 0 < width <= SMALL[0] and 0 < height <= SMALL[1]):
        raise ValueError(small)
    return content[:at], Small(ContentFile(content[at:]), width, height)
