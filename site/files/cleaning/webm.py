"""WebM (RFC 9559): tags, attachments, titles and the hour of recording go; nothing moves.

What goes becomes a Void element of the same size, so that positions in the file stay right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from files.cleaning.notes import Note, note
from files.cleaning.refusals import damaged

HEADER, SEGMENT, INFO, TRACKS, TRACK, CLUSTER = (
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0xAE,
    0x1F43B675,
)
SEEK_HEAD, CUES, VOID, CRC, ATTACHMENTS, DATE = 0x114D9B74, 0x1C53BB6B, 0xEC, 0xBF, 0x1941A469, 0x4461
# Parts of a cluster whose size nobody knew while it was recorded: they stand beside it.
IN_CLUSTER: Final = {0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854}
KEPT: Final = {SEEK_HEAD, INFO, TRACKS, CUES, CLUSTER, *IN_CLUSTER}
SCALE, DURATION, MUXER, WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
TRACK_NAME: Final = 0x536E


class Element(NamedTuple):
    id: int
    start: int
    body: int
    end: int
    is_open: bool = False


def bare_webm(content: bytes) -> bytes:
    """Raises UnacceptableFile when it is not built as WebM is."""
    data = bytearray(content)
    top = _elements(data, 0, len(data))
    header = next(top, None)
    segment = next(top, None)
    if header is None or segment is None or (header.id, segment.id) != (HEADER, SEGMENT):
        raise damaged()
    found = list(_elements(data, segment.body, segment.end))
    if not any(element.id == TRACKS for element in found):
        raise damaged()
    for element in found:
        _clean(data, element)
    return bytes(data[: segment.end])


def _clean(data: bytearray, element: Element) -> None:
    if element.id not in KEPT:
        if element.id not in (VOID, CRC):
            note(Note.ATTACHMENTS if element.id == ATTACHMENTS else Note.PROPERTIES)
        _void(data, element)
    elif element.id == INFO:
        _clean_info(data, element)
    elif element.id == TRACKS:
        for track in _elements(data, element.body, element.end):
            for part in _elements(data, track.body, track.end) if track.id == TRACK else ():
                if part.id == TRACK_NAME:
                    _void(data, part)


def _clean_info(data: bytearray, info: Element) -> None:
    for part in _elements(data, info.body, info.end):
        if part.id in (MUXER, WRITER):  # required, but may be empty
            if any(data[part.body : part.end]):
                note(Note.DEVICE)
            data[part.body : part.end] = bytes(part.end - part.body)
        elif part.id not in (SCALE, DURATION):
            if part.id not in (VOID, CRC):
                note(Note.TIME if part.id == DATE else Note.PROPERTIES)
            _void(data, part)


def _void(data: bytearray, element: Element) -> None:
    room = element.end - element.start
    head = bytes([VOID, 0x80 | (room - 2)]) if room - 2 < 0x7F else bytes([VOID, 1]) + (room - 9).to_bytes(7)
    data[element.start : element.end] = head + bytes(room - len(head))


def _elements(data: bytearray, start: int, end: int) -> Iterator[Element]:
    while start < end:
        id_, at = _number(data, start, keep_marker=True)
        size, body = _number(data, at, keep_marker=False)
        unknown = size == (1 << 7 * (body - at)) - 1
        if unknown and id_ not in (SEGMENT, CLUSTER):
            raise damaged()
        stop = body + size
        if unknown:
            stop = end if id_ == SEGMENT else body
        if stop > end:
            raise damaged()
        yield Element(id_, start, body, stop, unknown)
        start = stop


def _number(data: bytearray, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length and where it ends."""
    if at >= len(data) or data[at] == 0:
        raise damaged()
    length = 9 - data[at].bit_length()
    if at + length > len(data):
        raise damaged()
    value = int.from_bytes(data[at : at + length])
    return (value if keep_marker else value & ((1 << 7 * length) - 1)), at + length
