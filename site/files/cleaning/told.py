"""In words, for whoever has uploaded: what was taken out of a file, and what stays in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from files.cleaning.base import CleanFile
    from files.cleaning.notes import Note


def told(files: Iterable[CleanFile]) -> list[str]:
    """A sentence for each file that was changed or holds something to know, in the reader's language."""
    return [sentence for file in files for sentence in _of(file)]


def _of(file: CleanFile) -> Iterable[str]:
    if file.removed:
        yield _("Taken out of “%(name)s”: %(list)s.") % {"name": file.name, "list": _list(file.removed)}
    if file.staying:
        yield _(
            "“%(name)s” still holds %(list)s: whoever opens it can read them. The names beside them were taken out."
        ) % {"name": file.name, "list": _list(file.staying)}


def _list(notes: Iterable[Note]) -> str:
    return pgettext("between the things of a list", "; ").join(str(note.label) for note in notes)
