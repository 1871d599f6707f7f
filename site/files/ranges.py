"""One range of bytes (RFC 9110, section 14). Several at once are answered with the whole, which it allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Nobody asks for a byte beyond the 18th digit; longer numbers are only work for us.
_ONE_RANGE: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):
    """Well formed, but no byte of the file lies in it: 416."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last byte, both included, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def span_of(header: str, size: int) -> Span | None:
    """What the header asks of a file of `size` bytes; None when it is to be ignored. Raises Unsatisfiable."""
    match = _ONE_RANGE.fullmatch(header)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        return _end(int(match[2]), size)
    first = int(match[1])
    last = int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Span(first, min(last, size - 1))


def _end(length: int, size: int) -> Span:
    """The last `length` bytes."""
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Span(max(size - length, 0), size - 1)
