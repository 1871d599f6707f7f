"""What lies inside office files and e-books: pictures, sound, film, other office files."""

from __future__ import annotations

import io
from typing import Final

from files.cleaning.archives import holds_other
from files.cleaning.bare import bare_picture
from files.cleaning.kinds import kind_of
from files.cleaning.limits import DEEPEST
from files.cleaning.refusals import UnacceptableFile

# Drawings and letters without a place for names worth hiding, and what programs keep for speed.
HARMLESS: Final = (
    ".emf", ".wmf", ".gif", ".odttf", ".fntdata", ".ttf", ".otf", ".woff", ".woff2", ".css", ".gdraw", ".svm",
)  # fmt: skip


def bare_inner(name: str, content: bytes, depth: int) -> bytes:
    """Raises UnacceptableFile for what cannot be cleaned."""
    from files.cleaning.work import CLEANERS, NESTED

    kind = kind_of(io.BytesIO(content))
    if name.lower().endswith("vbaproject.bin"):
        raise UnacceptableFile("macros")
    if kind is not None and kind.content_type.startswith("image/"):
        return bare_picture(content)
    if kind is not None and kind.name in NESTED and depth < DEEPEST:
        return NESTED[kind.name](content, depth + 1)
    if kind is not None and kind.content_type.startswith(("audio/", "video/")):
        return CLEANERS[kind.name](content)
    if not content or name.lower().endswith(HARMLESS):
        return content
    raise holds_other(name)
