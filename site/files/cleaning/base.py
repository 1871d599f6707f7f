"""What every door shares: the clean file and a safe name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from files.cleaning.notes import Note
from files.cleaning.refusals import UnacceptableFile, damaged

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

__all__ = ["CleanFile", "Small", "UnacceptableFile", "damaged", "safe_name"]

LONGEST_NAME: Final = 120  # characters
# Disks take 255 bytes; an ending, a number and the letters of an address want some of them.
LONGEST_STEM: Final = 200  # bytes of UTF-8
# Devices to Windows, whatever their ending.
RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:[ .].*)?")
# `invoice.exe.pdf`: where endings are hidden it reads as a program's. A version or a date begins with a digit.
ENDING_INSIDE: Final = re.compile(r"\.(?=[A-Za-z][A-Za-z0-9]{0,5}(?:[. ]|$))")


@dataclass(frozen=True, slots=True)
class Small:
    """A WebP of a picture, at most `limits.SMALL`: what a page shows of it."""

    content: ContentFile[bytes]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What may be kept: true type, safe name, bytes without metadata. A picture has a width and a height.

    `removed` is what was taken out, and `staying` what should be known, in the order in which to tell it.
    """

    name: str
    content_type: str
    content: ContentFile[bytes]
    size: int
    width: int | None = None
    height: int | None = None
    removed: tuple[Note, ...] = ()
    staying: tuple[Note, ...] = ()
    small: Small | None = None


def safe_name(given: str, ending: str) -> str:
    """The person's own name for it, without folders, invisible characters, a false ending or a device's name."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    stem = re.sub(r"[\s\"<>|?*:%#&;]+", " ", PurePosixPath(name).stem).strip(" .-~")
    stem = ENDING_INSIDE.sub("_", stem)[:LONGEST_NAME].strip()
    stem = stem.encode()[:LONGEST_STEM].decode(errors="ignore").strip()
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or 'picture'}{ending}"
