"""Pictures inside documents, without decoding them: the same pixels, byte for byte, and nothing beside them.

A photograph pasted into a letter keeps its place and its camera there.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from PIL import Image

from files.cleaning.limits import MAX_PIXELS, MAX_SIDE
from files.cleaning.notes import Note, note, note_tag
from files.cleaning.refusals import UnacceptableFile, damaged

# JPEG: what is needed to decode (JFIF, colour profile, Adobe's word on colours) stays.
_JPEG_KEPT: Final = {0xE0, 0xE2, 0xEE}
_PNG_DROPPED: Final = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_WEBP_DROPPED: Final = {b"EXIF", b"XMP "}


def bare_picture(content: bytes) -> bytes:
    """JPEG, PNG and WebP without their metadata; anything else as it is."""
    if content.startswith(b"\xff\xd8\xff"):
        return bare_jpeg(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _bare_png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _bare_webp(content)
    return content


def bare_jpeg(content: bytes) -> bytes:
    """Raises UnacceptableFile. After the picture's end nothing stays: telephones hang films and depths there."""
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise damaged()
        marker = content[at + 1]
        if marker == 0xFF:  # a byte to fill up with
            at += 1
            continue
        if marker == 0xD9:
            break
        length = struct.unpack_from(">H", content, at + 2)[0]
        end = at + 2 + length
        is_data = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        if marker in _JPEG_FRAMES and length >= 7:
            _refuse_bomb(*struct.unpack_from(">HH", content, at + 5))
        if marker == 0xE1:
            _note_app1(content[at + 4 : end])
        elif marker == 0xFE:
            note(Note.PROPERTIES)
        if is_data or marker in _JPEG_KEPT and not _tells(marker, content[at + 4 : at + 16]):
            out += content[at:end]
        at = end
        if marker == 0xDA:
            at = _end_of_scan(content, at)
            out += content[end:at]
    return bytes(out + b"\xff\xd9")


def _tells(marker: int, start: bytes) -> bool:
    """APP0 and APP2 are used for more than JFIF and profiles: a JFXX thumbnail, further pictures (MPF)."""
    wanted = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}[marker]
    return not start.startswith(wanted)


# Start of frame, of every coding; the four left out mean other things.
_JPEG_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _refuse_bomb(height: int, width: int) -> None:
    """Nobody decodes it here; whoever opens the document would."""
    if width * height > MAX_PIXELS or max(width, height) > 2 * MAX_SIDE:
        raise UnacceptableFile("too_many_pixels", count=MAX_PIXELS // 1_000_000)


def _note_app1(segment: bytes) -> None:
    from files.cleaning.images import note_exif, note_xmp

    if not segment.startswith(b"Exif\0"):
        note_xmp(segment)
        return
    tags = Image.Exif()
    try:
        tags.load(segment)
        note_exif(tags)
    except Exception:  # broken ones go as well
        note(Note.PROPERTIES)


_MARKER: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])", re.DOTALL)


def _end_of_scan(content: bytes, at: int) -> int:
    found = _MARKER.search(content, at)
    return found.start() if found else len(content)


def _bare_png(content: bytes) -> bytes:
    out, at = bytearray(content[:8]), 8
    while at + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if name == b"IHDR" and length >= 8:
            _refuse_bomb(*struct.unpack_from(">II", content, at + 8))
        if name not in _PNG_DROPPED:
            out += content[at:end]
        elif name == b"eXIf":
            _note_app1(b"Exif\0\0" + content[at + 8 : end - 4])
        else:
            note_tag(content[at + 8 : at + 8 + min(length, 80)].partition(b"\0")[0].decode("latin-1"))
        at = end
        if name == b"IEND":
            break
    return bytes(out)


def _bare_webp(content: bytes) -> bytes:
    out, at = bytearray(), 12
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        chunk = bytearray(content[at:end])
        if name == b"VP8X" and len(chunk) > 8:
            chunk[8] &= ~0x0C  # no EXIF, no XMP any more
        if name not in _WEBP_DROPPED:
            out += chunk
        else:
            exif = bytes(chunk[8:])
            _note_app1(exif if name == b"XMP " or exif.startswith(b"Exif\0") else b"Exif\0\0" + exif)
        at = end
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)
