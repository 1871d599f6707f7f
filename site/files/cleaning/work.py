"""One file, told apart by its content and cleaned. Runs in the process of `files.sandbox`, away from everything."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final

from files.cleaning.audio import bare_mp3, bare_ogg, bare_wav
from files.cleaning.images import encoded_again
from files.cleaning.kinds import KINDS, Kind, kind_of
from files.cleaning.notes import Note, noting
from files.cleaning.office import bare_office
from files.cleaning.opendocument import bare_epub, bare_opendocument
from files.cleaning.pdf import bare_pdf
from files.cleaning.refusals import UnacceptableFile, damaged
from files.cleaning.rtf import bare_rtf
from files.cleaning.text import bare_text
from files.cleaning.video import bare_mp4
from files.cleaning.webm import bare_webm
from files.purposes import PICTURES, Purpose

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


@dataclass(frozen=True, slots=True)
class Clean:
    """`ending` is one of the kind's own."""

    kind: str
    ending: str
    content: bytes
    notes: frozenset[Note]
    size: tuple[int, int] | None = None
    small: bytes | None = None
    small_size: tuple[int, int] | None = None


def clean(source: IO[bytes], name: str, purpose: Purpose, *, with_small: bool = True) -> Clean:
    """`name` is the person's own, for its ending alone. Raises UnacceptableFile, MemoryError."""
    kind = _kind_for(source, name, purpose)
    with noting() as notes:
        if kind.name in PICTURES:
            done = encoded_again(source, with_small=with_small)
            ending = KINDS[done.kind].endings[0]
            return Clean(
                done.kind, ending, done.content, frozenset(notes), done.size, done.small, done.small_size
            )
        source.seek(0)
        content = _bare(kind, source.read())
    return Clean(kind.name, _ending(name), content, frozenset(notes))


def _bare(kind: Kind, content: bytes) -> bytes:
    from files.cleaning.bundles import bare_zip

    try:
        return bare_zip(content) if kind.name == "zip" else CLEANERS[kind.name](content)
    except (UnacceptableFile, MemoryError):
        raise
    except (Exception, zlib.error):
        # The libraries that take files apart raise whatever they do (struct.error, KeyError, XMLSyntaxError, ...).
        raise damaged() from None


def _kind_for(source: IO[bytes], name: str, purpose: Purpose) -> Kind:
    kind = kind_of(source)
    is_for_pictures = purpose.kinds <= PICTURES
    if kind is not None and kind.name == "macros" and not is_for_pictures:
        raise UnacceptableFile("macros")
    if kind is None or (is_for_pictures and kind.name not in purpose.kinds):
        raise UnacceptableFile("type.picture" if is_for_pictures else "type")
    # Telephones call their pictures by each other's endings; they are encoded again, so the right one is put on.
    is_picture = kind.name in PICTURES and (is_for_pictures or _ending(name) in _OF_PICTURES)
    if not is_picture and _ending(name) not in kind.endings:
        raise UnacceptableFile("not_as_named", kind=_spoken(kind))
    if kind.name not in purpose.kinds:
        raise UnacceptableFile("not_here", kind=_spoken(kind))
    return kind


_OF_PICTURES: Final = frozenset(ending for name in PICTURES for ending in KINDS[name].endings)


def _spoken(kind: Kind) -> str:
    return kind.endings[0][1:].upper()


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
