"""Sound without tags: no title, no name, no cover, no device. The sound itself is not touched."""

from __future__ import annotations

import io
import struct
from typing import Any, Final

from mutagen import File as any_sound
from mutagen.apev2 import delete as delete_ape
from mutagen.mp3 import MP3
from mutagen.ogg import OggFileType

from files.cleaning.notes import Note, note, note_tag
from files.cleaning.refusals import damaged

# fmt says how to play, fact how long; the sound is data. Everything else tells stories.
_WAV_KEPT: Final = {b"fmt ", b"fact", b"data"}
# Broadcast wave names who recorded it, with what and when.
_OF_CHUNK: Final = {b"bext": (Note.PEOPLE, Note.DEVICE, Note.TIME), b"iXML": (Note.PEOPLE, Note.DEVICE)}


def bare_mp3(content: bytes) -> bytes:
    """Raises UnacceptableFile. ID3 of every version, before and after the sound, and APE tags go."""
    sound = io.BytesIO(content)
    _note(MP3(sound))  # raises when there is no sound in it
    while sound.getvalue()[:3] == b"ID3":
        before = len(sound.getvalue())
        sound.seek(0)
        MP3(sound).delete(sound)
        if len(sound.getvalue()) >= before:
            raise damaged()
    sound.seek(0)
    delete_ape(sound)
    bare = _without_id3v1(sound.getvalue())
    MP3(io.BytesIO(bare))
    return bare


def _note(found: Any) -> None:
    for name in found.tags.keys() if found.tags is not None else ():
        note_tag(name)


def _without_id3v1(content: bytes) -> bytes:
    while content[-128:-125] == b"TAG":
        note(Note.PROPERTIES)
        content = content[:-128]
    return content


def bare_ogg(content: bytes) -> bytes:
    """Vorbis, Opus, Speex or FLAC in Ogg; film in Ogg is not taken."""
    sound = io.BytesIO(content)
    found = any_sound(sound)
    if not isinstance(found, OggFileType) or type(found).__name__ == "OggTheora":
        raise damaged()
    _note(found)
    sound.seek(0)
    found.delete(sound)
    return sound.getvalue()


def bare_wav(content: bytes) -> bytes:
    out, at, seen = bytearray(), 12, set()
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if name in _WAV_KEPT:
            seen.add(name)
            out += struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)
        elif name not in (b"JUNK", b"PAD ", b"FLLR"):
            note(*_OF_CHUNK.get(name, (Note.PROPERTIES,)))
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= seen:
        raise damaged()
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WAVE" + bytes(out)
