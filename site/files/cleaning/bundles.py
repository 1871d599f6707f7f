"""Zip archives of several files: each one cleaned like an upload of its own, under a safe name."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import Final

from files.cleaning.archives import holds_other, packed, parts_of
from files.cleaning.base import safe_name
from files.cleaning.limits import MOST_PARTS
from files.cleaning.refusals import UnacceptableFile, damaged

MOST_FOLDERS: Final = 8  # below one another
# What computers put beside the files for themselves.
LEFT_OUT: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def bare_zip(content: bytes) -> bytes:
    """Raises UnacceptableFile, which names the file inside that cannot be taken. No archive within an archive."""
    from files.cleaning.work import clean
    from files.purposes import PUBLISHED

    kept: dict[str, bytes] = {}
    for name, body in parts_of(content).items():
        path = PurePosixPath(name)
        if any(part in LEFT_OUT for part in path.parts) or path.name.startswith("._"):
            continue
        try:
            inner = clean(io.BytesIO(body), name, PUBLISHED, with_small=False)
        except UnacceptableFile as refusal:
            raise refusal if refusal.key in ("bomb", "macros") else holds_other(name) from None
        kept[_free(_safe_path(path, inner.ending), kept)] = inner.content
    if not kept:
        raise UnacceptableFile("empty")
    return packed(kept)


def _safe_path(path: PurePosixPath, ending: str) -> str:
    if len(path.parts) > MOST_FOLDERS:
        raise damaged()
    return "/".join([*(safe_name(f"{part}.x", "") for part in path.parts[:-1]), safe_name(path.name, ending)])


def _free(path: str, taken: dict[str, bytes]) -> str:
    """Two names may become one; Windows and macOS tell no capitals apart."""
    known = {name.casefold() for name in taken}
    stem, dot, ending = path.rpartition(".")
    numbered = (
        path if number == 1 else f"{stem} {number}{dot}{ending}" for number in range(1, MOST_PARTS + 2)
    )
    return next(name for name in numbered if name.casefold() not in known)
