"""An archive of PO files back into their translations: each file all of it or nothing, and a word about each.

Nothing of an archive is ever written under the name it gives; what is read is counted as it comes, whatever the
archive's own list says.
"""

from __future__ import annotations

import io
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from pages.po.importing import LARGEST, Fault, Unusable, identity, take_in

if TYPE_CHECKING:
    from profiles.models import User

LARGEST_ARCHIVE: Final = 10 * 1024 * 1024  # as it is sent
LARGEST_UNPACKED: Final = 30 * 1024 * 1024  # all files together
# Pages in one archive; a site with more takes them page by page.
MOST_FILES: Final = 500
# The two that tools write; others let a few bytes ask for a great deal of memory.
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error
)  # fmt: skip
# Finds the translation with this identity. Raises PermissionDenied for who may not write it.
Finder = Callable[[uuid.UUID], Translation | None]


@dataclass
class Outcome:
    """What became of one file. `title` and `language` of its page, once it is known."""

    name: str
    count: int = 0  # passages that are different now
    faults: list[Fault] = field(default_factory=list)
    translation: Translation | None = None


def take_in_archive(raw: bytes, find: Finder, by: User | Any) -> list[Outcome]:
    """In the order of the archive. Raises Unusable when it is none at all, or too large to begin with."""
    if len(raw) > LARGEST_ARCHIVE:
        raise Unusable([Fault(_("This archive is too large. Send fewer pages at once."))])
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = [member for member in archive.infolist() if not _is_litter(member)]
    except BROKEN as broken:
        raise Unusable([Fault(_("This is no ZIP archive, or a damaged one."))]) from broken
    if not members:
        raise Unusable([Fault(_("There is no PO file in this archive."))])
    if len(members) > MOST_FILES:
        words = _("There are more than %(count)d files in this archive. Send fewer pages at once.")
        raise Unusable([Fault(words % {"count": MOST_FILES})])
    with archive:
        return list(_outcomes(archive, members, find, by))


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """Folders, and what desktops put into every archive unasked."""
    steps = member.filename.split("/")
    return member.is_dir() or "__MACOSX" in steps or steps[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _outcomes(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], find: Finder, by: User | Any
) -> Iterator[Outcome]:
    left, seen = LARGEST_UNPACKED, set[int]()
    for member in members:
        outcome = Outcome(_shown(member.filename))
        try:
            raw = _read(archive, member, left)
            left -= len(raw)
            outcome.translation = _found(raw, find, seen)
            outcome.count = take_in(outcome.translation, raw, by)
        except Unusable as unusable:
            outcome.faults = unusable.faults
        except ValidationError as error:
            outcome.faults = [Fault(words) for words in error.messages]
        yield outcome


def _shown(name: str) -> str:
    """For the report; control characters and what turns the direction of writing are left out."""
    return "".join(each for each in name if each.isprintable())[:120] or "?"


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    name = member.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Unusable([Fault(_("The name of this file leads out of the archive. It was not read."))])
    if not name.lower().endswith(".po"):
        raise Unusable([Fault(_("This is no PO file."))])
    if member.flag_bits & 1 or member.compress_type not in METHODS:
        raise Unusable([Fault(_("This file is locked with a password or packed in an unusual way."))])
    most = min(LARGEST, left)
    try:
        with archive.open(member) as file:
            raw = file.read(most + 1)
    except BROKEN as broken:
        raise Unusable([Fault(_("This file is damaged within the archive."))]) from broken
    if len(raw) > LARGEST:
        raise Unusable([Fault(_("This file is too large for a translation of one page."))])
    if len(raw) > most:
        raise Unusable([Fault(_("The archive holds too much altogether. Send fewer pages at once."))])
    return raw


def _found(raw: bytes, find: Finder, seen: set[int]) -> Translation:
    try:
        translation = find(identity(raw))
    except PermissionDenied as denied:
        words = _("You cannot write this page in this language, or it is locked at the moment.")
        raise Unusable([Fault(words)]) from denied
    if translation is None:
        raise Unusable([Fault(_("The page of this file is not here, or is not being translated any more."))])
    if translation.pk in seen:
        raise Unusable([Fault(_("The archive holds this page twice; the first file was looked at."))])
    seen.add(translation.pk)
    return translation
