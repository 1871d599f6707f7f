"""MP4 and M4A: film and sound stay; place, device, hours, titles and hidden tracks go."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Final

from files.cleaning.boxes import Box, blank, boxes, first, inside
from files.cleaning.notes import Note, note
from files.cleaning.refusals import damaged

# What stays, level by level. Telephones write where they were into moov/udta, moov/meta and uuid boxes.
KEPT: Final = {
    b"": {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"pdin", b"wide"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods"},
    b"trak": {b"tkhd", b"edts", b"mdia", b"tref", b"tapt"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl"},
    b"moof": {b"mfhd", b"traf"},
}
# Pictures, sound, subtitles. Cameras add tracks of their own for places and movements.
SHOWN: Final = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"subp"}
HOURS: Final = {b"mvhd", b"tkhd", b"mdhd"}
NAME_IN_SAMPLE: Final = 8 + 78 - 36  # where a sample entry of pictures names its encoder: 32 bytes


def bare_mp4(content: bytes) -> bytes:
    """Raises UnacceptableFile for what is no film and no sound."""
    data = bytearray(content)
    top = list(boxes(data, 0, len(data)))
    moov = next((box for box in top if box.kind == b"moov"), None)
    if moov is None:
        raise damaged()
    tracks = [box for box in inside(data, moov) if box.kind == b"trak"]
    shown = [track for track in tracks if _handler(data, track) in SHOWN]
    if not shown or (len(shown) < len(tracks) and any(box.kind == b"moof" for box in top)):
        raise damaged()
    if not any(box.kind == b"moof" for box in top):
        _blank_unused(data, top, shown)
    for track in tracks:
        if track not in shown:
            note(Note.TRACKS)
            blank(data, track)
    _walk(data, b"", top)
    return bytes(data)


def _walk(data: bytearray, level: bytes, found: Iterable[Box]) -> None:
    for box in found:
        if box.kind not in KEPT[level]:
            if box.body < box.end:
                _note(bytes(data[box.start : box.end]), box.kind)
            blank(data, box)
        elif box.kind in HOURS:
            _blank_hours(data, box)
        elif box.kind == b"hdlr":
            data[box.body + 24 : box.end] = bytes(max(0, box.end - box.body - 24))
        elif box.kind == b"dinf":
            _refuse_elsewhere(data, box)
        elif box.kind == b"stbl":
            _blank_encoder(data, box)
        elif box.kind in KEPT:
            _walk(data, box.kind, inside(data, box))


# What telephones and cameras call it, in boxes and in keys of Apple's.
_SIGNS: Final = (
    (Note.PLACE, (b"\xa9xyz", b"loci", b"location", b"GPS")),
    (Note.DEVICE, (b"\xa9mod", b"\xa9mak", b"\xa9swr", b"\xa9too", b"model", b"make", b"software")),
    (Note.PEOPLE, (b"\xa9ART", b"\xa9aut", b"auth", b"artist", b"perf")),
)


def _note(box: bytes, kind: bytes) -> None:
    found = [what for what, signs in _SIGNS if any(sign in box for sign in signs)]
    if found or kind not in (b"free", b"skip"):
        note(*(found or [Note.PROPERTIES]))


def _handler(data: bytearray, track: Box) -> bytes:
    hdlr = first(data, track, b"mdia", b"hdlr")
    return bytes(data[hdlr.body + 8 : hdlr.body + 12]) if hdlr else b""


def _blank_hours(data: bytearray, box: Box) -> None:
    """When it was made and changed, in 32 or 64 bits."""
    length = 16 if data[box.body] == 1 else 8
    if any(data[box.body + 4 : box.body + 4 + length]):
        note(Note.TIME)
    data[box.body + 4 : box.body + 4 + length] = bytes(length)


def _refuse_elsewhere(data: bytearray, dinf: Box) -> None:
    """A film may say that its pictures lie in another file: on somebody's disk, on somebody's server."""
    dref = first(data, dinf, b"dref")
    for entry in boxes(data, dref.body + 8, dref.end) if dref else ():
        if data[entry.body + 3 : entry.body + 4] != b"\1" or entry.end - entry.body > 4:
            raise damaged()


def _blank_encoder(data: bytearray, stbl: Box) -> None:
    stsd = first(data, stbl, b"stsd")
    if stsd is None:
        raise damaged()
    for entry in boxes(data, stsd.body + 8, stsd.end):
        is_picture = first_words(data, entry) in PICTURES
        if is_picture and entry.end - entry.start >= 86:
            at = entry.start + NAME_IN_SAMPLE
            data[at : at + 32] = bytes(32)


PICTURES: Final = {b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp08", b"vp09", b"mp4v", b"dvh1", b"dvhe"}


def first_words(data: bytearray, entry: Box) -> bytes:
    return bytes(data[entry.start + 4 : entry.start + 8])


# Bytes of the film that no track shows ----------------------------------------------------------------------
def _blank_unused(data: bytearray, top: list[Box], shown: list[Box]) -> None:
    """Samples of hidden tracks lie among the others; whatever the shown tracks do not use becomes zeros."""
    used = sorted(span for track in shown for span in _samples(data, track))
    for mdat in (box for box in top if box.kind == b"mdat"):
        at = mdat.body
        for start, end in used:
            if end <= at or start >= mdat.end:
                continue
            data[at : max(at, start)] = bytes(max(0, start - at))
            at = max(at, min(end, mdat.end))
        data[at : mdat.end] = bytes(mdat.end - at)


def _samples(data: bytearray, track: Box) -> Iterator[tuple[int, int]]:
    """(first byte, byte after the last) of every chunk of a track."""
    stbl = first(data, track, b"mdia", b"minf", b"stbl")
    tables = {box.kind: box for box in inside(data, stbl)} if stbl else {}
    sizes = _sizes(data, tables)
    runs = _entries(data, tables, b"stsc", ">III")
    offsets = _offsets(data, tables)
    at = 0
    for number, offset in enumerate(offsets, start=1):
        while len(runs) > 1 and runs[1][0] <= number:
            runs = runs[1:]
        count = runs[0][1] if runs else 0
        length = sum(sizes[at : at + count])
        yield offset, offset + length
        at += count


def _sizes(data: bytearray, tables: dict[bytes, Box]) -> list[int]:
    if b"stsz" not in tables:
        raise damaged()
    body = tables[b"stsz"].body
    same, count = struct.unpack_from(">II", data, body + 4)
    if count > len(data):
        raise damaged()
    return [same] * count if same else list(struct.unpack_from(f">{count}I", data, body + 12))


def _offsets(data: bytearray, tables: dict[bytes, Box]) -> list[int]:
    if b"co64" in tables:
        return [entry[0] for entry in _entries(data, tables, b"co64", ">Q")]
    return [entry[0] for entry in _entries(data, tables, b"stco", ">I")]


def _entries(data: bytearray, tables: dict[bytes, Box], kind: bytes, shape: str) -> list[tuple[int, ...]]:
    if kind not in tables:
        raise damaged()
    box = tables[kind]
    (count,) = struct.unpack_from(">I", data, box.body + 4)
    step = struct.calcsize(shape)
    if box.body + 8 + count * step > box.end:
        raise damaged()
    return [struct.unpack_from(shape, data, box.body + 8 + index * step) for index in range(count)]
