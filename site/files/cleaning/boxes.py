"""The boxes an MP4 file is made of (ISO/IEC 14496-12, 4.2), read and blanked in place.

What goes becomes an empty `free` box of the same size, so that no offset in the file changes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from files.cleaning.refusals import damaged


class Box(NamedTuple):
    """`start` of the box, `body` of what it holds, and its `end`, in bytes from the beginning of the file."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(data: bytearray, start: int, end: int) -> Iterator[Box]:
    """Raises UnacceptableFile when they do not fill the room exactly."""
    while start < end:
        if end - start < 8:
            raise damaged()
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1 and end - start >= 16:
            size, body = struct.unpack_from(">Q", data, start + 8)[0], start + 16
        elif size == 0:
            size = end - start
        if start + size > end or start + size < body:
            raise damaged()
        yield Box(bytes(kind), start, body, start + size)
        start += size


def inside(data: bytearray, box: Box) -> list[Box]:
    return list(boxes(data, box.body, box.end))


def first(data: bytearray, box: Box, *path: bytes) -> Box | None:
    """The box at `path` below `box`."""
    for kind in path:
        found = next((one for one in inside(data, box) if one.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def blank(data: bytearray, box: Box) -> None:
    data[box.start + 4 : box.start + 8] = b"free"
    data[box.body : box.end] = bytes(box.end - box.body)
