"""What editors publish: documents, sound, film. Each sort of file has its cleaner."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from files.cleaning import images
from files.cleaning.audio import bare_mp3, bare_ogg, bare_wav
from files.cleaning.base import CleanFile, UnacceptableFile, damaged, refuse_size, safe_name
from files.cleaning.kinds import Kind, content_type_of, kind_of
from files.cleaning.office import bare_office
from files.cleaning.opendocument import bare_epub, bare_opendocument
from files.cleaning.pdf import bare_pdf
from files.cleaning.rtf import bare_rtf
from files.cleaning.text import bare_text
from files.cleaning.video import bare_mp4
from files.cleaning.webm import bare_webm

if TYPE_CHECKING:
    from django.core.files.base import File

Cleaner = Callable[[bytes], bytes]
CLEANERS: Final[dict[str, Cleaner]] = {
    "pdf": bare_pdf,
    **dict.fromkeys(("docx", "xlsx", "pptx"), bare_office),
    **dict.fromkeys(("odt", "ods", "odp"), bare_opendocument),
    "epub": bare_epub,
    "mp3": bare_mp3,
    "ogg": bare_ogg,
    "wav": bare_wav,
    "m4a": bare_mp4,
    "mp4": bare_mp4,
    "webm": bare_webm,
    "rtf": bare_rtf,
    "text": bare_text,
}
# What may lie inside one another.
NESTED: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), bare_office),
    **dict.fromkeys(("odt", "ods", "odp"), bare_opendocument),
}


def cleaned_document(upload: File[Any]) -> CleanFile:
    """Raises UnacceptableFile. Costs the CPU of going over the whole file: call it before a transaction."""
    refuse_size(upload)
    kind = _kind_as_named(upload)
    if kind.content_type.startswith("image/"):
        return images.cleaned(upload)
    upload.seek(0)
    content = _bare(CLEANERS[kind.name], upload.read())
    ending = _ending(upload.name or "")
    return CleanFile(
        name=safe_name(upload.name or "", ending),
        content_type=content_type_of(kind, ending),
        content=ContentFile(content),
        size=len(content),
    )


def _bare(cleaner: Cleaner, content: bytes) -> bytes:
    try:
        return cleaner(content)
    except UnacceptableFile:
        raise
    except MemoryError:
        raise
    except (Exception, zlib.error):
        # The libraries that take files apart raise whatever they do (struct.error, KeyError, XMLSyntaxError, ...).
        raise damaged() from None


def _kind_as_named(upload: File[Any]) -> Kind:
    kind = kind_of(upload)
    if kind is None:
        raise UnacceptableFile(
            _("This is not a sort of file that we can take, or it is damaged."), code="type"
        )
    if _ending(upload.name or "") not in kind.endings:
        raise UnacceptableFile(
            _(
                "This file is not what its name says: by its content it is %(kind)s. Please rename or save it anew."
            )
            % {"kind": kind.endings[0][1:].upper()},
            code="not_as_named",
        )
    return kind


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
