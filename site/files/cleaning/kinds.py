"""Which sort of file it is, told by its first bytes and, for zip archives, by what lies in them."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from typing import IO, Any, Final, NamedTuple

HEAD: Final = 4096  # bytes looked at
# Larger ones are the wrong thing in any case, and would cost memory.
LONGEST_WORD: Final = 200_000  # bytes of [Content_Types].xml


class Kind(NamedTuple):
    """`endings` that a name may have; the first one is the best."""

    name: str
    content_type: str
    endings: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",)),
        Kind("jpeg", "image/jpeg", (".jpg", ".jpeg")),
        Kind("png", "image/png", (".png",)),
        Kind("webp", "image/webp", (".webp",)),
        Kind("heic", "image/heic", (".heic", ".heif")),
        Kind("avif", "image/avif", (".avif",)),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", (".docx",)),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",)),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", (".pptx",)),
        Kind("odt", f"{_OPEN}text", (".odt",)),
        Kind("ods", f"{_OPEN}spreadsheet", (".ods",)),
        Kind("odp", f"{_OPEN}presentation", (".odp",)),
        Kind("epub", "application/epub+zip", (".epub",)),
        Kind("mp3", "audio/mpeg", (".mp3",)),
        Kind("ogg", "audio/ogg", (".ogg",)),
        Kind("wav", "audio/wav", (".wav",)),
        Kind("m4a", "audio/mp4", (".m4a",)),
        Kind("mp4", "video/mp4", (".mp4", ".m4a")),
        Kind("webm", "video/webm", (".webm",)),
        Kind("rtf", "application/rtf", (".rtf",)),
        Kind("text", "text/plain; charset=utf-8", (".txt", ".md", ".csv")),
        Kind("zip", "application/zip", (".zip",)),
        # Known, so that the refusal can say why; no purpose takes it.
        Kind("macros", "application/octet-stream", (".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".potm")),
    )
}
TEXTS: Final = {".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8"}
_MAIN_PART: Final = re.compile(
    rb"application/vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|"
    rb"spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml"
)
_ZIPPED: Final = {kind.content_type.encode(): name for name, kind in KINDS.items()}
# What a box of pictures says that it can be read as (ISO/IEC 23008-12, AV1-in-HEIF).
_AVIF: Final = (b"avif", b"avis")
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def kind_of(content: IO[bytes] | Any) -> Kind | None:
    """None for what nobody here knows. Reads the head and, of an archive, its list; never decodes anything."""
    content.seek(0)
    head = content.read(HEAD)
    name = _by_head(head) or (_in_archive(content) if head.startswith(b"PK\x03\x04") else None)
    if name is None and _reads_as_text(head):
        name = "text"
    return KINDS.get(name or "")


def known_ending(name: str) -> str:
    """Of a sort of file that we take; empty otherwise."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return ending if any(ending in kind.endings for kind in KINDS.values()) else ""


def content_type_of(kind: Kind, name: str) -> str:
    """Texts are told apart by their names alone: there is nothing else to tell."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if kind.name == "mp4" and ending == ".m4a":
        return KINDS["m4a"].content_type  # sound alone, as most programs write it
    return TEXTS.get(ending, kind.content_type) if kind.name == "text" else kind.content_type


def _by_head(head: bytes) -> str | None:
    for sign, name in (
        (b"%PDF-", "pdf"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"OggS", "ogg"),
        (b"{\\rtf", "rtf"),
        (b"ID3", "mp3"),
    ):
        if head.startswith(sign):
            return name
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        brands = [head[at : at + 4] for at in (8, *range(16, min(int.from_bytes(head[:4]), 256), 4))]
        if any(brand in _AVIF for brand in brands):
            return "avif"
        if brands[0] in _HEIC:
            return "heic"
        return "m4a" if head[8:12] in (b"M4A ", b"M4B ") else "mp4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else None
    # An MPEG frame: eleven bits set, and no reserved version, layer, rate or frequency.
    frame = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0
    return "mp3" if frame and head[2] & 0x0C != 0x0C else None


def _in_archive(content: IO[bytes]) -> str | None:
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                return _ZIPPED.get(_word(archive, "mimetype").strip())
            if "[Content_Types].xml" in names:
                types = _word(archive, "[Content_Types].xml")
                if b"macroEnabled" in types:
                    return "macros"
                found = _MAIN_PART.search(types)
                return _ZIPPED.get(_OFFICE.encode() + found[1]) if found else None
            return "zip"
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        pass
    return None


def _word(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(LONGEST_WORD)


def _reads_as_text(head: bytes) -> bool:
    """UTF-8 without control characters. Cut off in the middle of a letter it still is."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)
