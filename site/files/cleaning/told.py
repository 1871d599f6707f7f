"""In words, for whoever has uploaded: what was taken out of the files, and what stays in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from files.cleaning.base import CleanFile
    from files.cleaning.notes import Note

    Notes = tuple[Note, ...]


def told(files: Iterable[CleanFile]) -> list[str]:
    """Sentences in the reader's language, one for all the files that share what it says. Often none."""
    files = list(files)
    removed = [
        _("Taken out of %(files)s: %(list)s.") % words for words in _alike(files, lambda file: file.removed)
    ]
    staying = [
        _("Still in %(files)s, for whoever opens it: %(list)s. The names beside them were taken out.") % words
        for words in _alike(files, lambda file: file.staying)
    ]
    return removed + staying


def _alike(files: list[CleanFile], of: Callable[[CleanFile], Notes]) -> Iterable[dict[str, str]]:
    for notes, group in groupby(sorted(files, key=of), key=of):
        if notes:
            names = (_("“%(name)s”") % {"name": f"\u2068{file.name}\u2069"} for file in group)
            yield {"files": _list(names), "list": _list(str(note.label) for note in notes)}


def _list(words: Iterable[str]) -> str:
    return pgettext("between the things of a list", ", ").join(words)
