"""Plain text holds nothing but itself; it only has to be readable everywhere."""

from __future__ import annotations

import re
from typing import Final

from files.cleaning.refusals import UnacceptableFile

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def bare_text(content: bytes) -> bytes:
    """As it is. Raises UnacceptableFile when it is no UTF-8 or holds control characters."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if _CONTROL.search(text):
        raise UnacceptableFile("encoding")
    return content
