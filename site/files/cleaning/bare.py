"""Pictures inside documents, without decoding them: the same pixels, byte for byte, and nothing beside them.

A photograph pasted into a letter keeps its place and its camera there.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from files.cleaning.refusals import damaged

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


_MARKER: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])", re.DOTALL)


def _end_of_scan(content: bytes, at: int) -> int:
    found = _MARKER.search(content, at)
    return found.start() if found else len(content)


def _bare_png(content: bytes) -> bytes:
    out, at = bytearray(content[:8]), 8
    while at + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if name not in _PNG_DROPPED:
            out += content[at:end]
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
        at = end
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)
