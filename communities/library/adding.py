"""Putting something into a library: files, a link, a note, a folder. Nothing else inserts an item."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from communities.activity import record
from communities.library import quota
from communities.library.holding import folder_now, follow, hold_library
from communities.library.models import LONGEST_NAME, LibraryItem, LibraryVersion
from communities.library.querysets import DEEPEST
from communities.library.reading import KIND
from communities.markup import render
from communities.submissions import claim
from files import store

if TYPE_CHECKING:
    from communities.models import Space
    from files.cleaning import CleanFile
    from profiles.models import User

MOST_FOLDERS: Final = 500  # in one library: they stand in one list when something is moved
Kind = LibraryItem.Kind


class TooDeep(Exception):  # noqa: N818 -- a state, as the page says it
    """Folders in folders, more than DEEPEST."""


class TooManyFolders(Exception):  # noqa: N818 -- a state, as the page says it
    """MOST_FOLDERS are there already."""


class NoRoom(Exception):  # noqa: N818 -- a state, as the page says it
    """The disk of the site is full. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one file. `problem`: an exception of `add_files`, or None when `item` is there."""

    item: LibraryItem | None = None
    problem: Exception | None = None
    was_there: bool = False  # sent before, with this very form


def add_files(
    space: Space,
    files: Sequence[tuple[CleanFile, str]],
    *,
    folder: LibraryItem | None,
    language: str,
    by: User,
    at: datetime | None = None,
) -> list[Kept]:
    """One answer for each file, in their order. One that does not fit (Full, NoRoom) stops no other.

    With each file comes the key to claim for it ("" for none): sent twice, it is there once.
    Raises Refused, SwitchedOff, Http404, ItemGone.
    """
    at = at or timezone.now()
    with transaction.atomic():
        here = hold_library(space, by, "upload")
        target = folder_now(here, folder)
        answers = []
        for clean, key in files:
            item = LibraryItem(
                space=here, parent=target, kind=Kind.FILE, name=shown_name(clean.name), language=language
            )
            answers.append(_add_file(item, clean, key, by, at))
        added = [each.item for each in answers if each.item and not each.was_there]
        _told(here, added, by)
    return answers


def _add_file(item: LibraryItem, clean: CleanFile, key: str, by: User, at: datetime) -> Kept:
    try:
        with transaction.atomic():
            if key and (first := claim(key, by=by, answer=item.public_id)) != item.public_id:
                return Kept(LibraryItem.objects.filter(public_id=first).first(), was_there=True)
            quota.require_room(item.space, clean.size)
            _insert(item, by, at)
            write_version(item, by, at, clean=clean)
    except quota.Full as full:
        return Kept(problem=full)
    except OSError as problem:
        return Kept(problem=_no_room(problem))
    return Kept(item)


def _no_room(problem: OSError) -> NoRoom:
    """Raises what is no full disk."""
    if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise problem
    return NoRoom()


def add_link(
    space: Space,
    *,
    folder: LibraryItem | None,
    key: str,
    by: User,
    at: datetime | None = None,
    **columns: Any,
) -> LibraryItem:
    """`columns`: name, language, url, description. Raises Refused, SwitchedOff, Http404, ItemGone."""
    return _add(space, folder, key, by, at, LibraryItem(kind=Kind.LINK, **columns))


def add_note(
    space: Space,
    *,
    folder: LibraryItem | None,
    key: str,
    by: User,
    text: str,
    at: datetime | None = None,
    **columns: Any,
) -> LibraryItem:
    """`columns`: name, language. Raises Refused, SwitchedOff, Http404, ItemGone, Full."""
    return _add(space, folder, key, by, at, LibraryItem(kind=Kind.NOTE, **columns), text=text)


def add_folder(
    space: Space,
    *,
    folder: LibraryItem | None,
    key: str,
    by: User,
    at: datetime | None = None,
    **columns: Any,
) -> LibraryItem:
    """`columns`: name, language, description. Raises as above, TooDeep, TooManyFolders."""
    return _add(space, folder, key, by, at, LibraryItem(kind=Kind.FOLDER, **columns))


@transaction.atomic
def _add(
    space: Space,
    folder: LibraryItem | None,
    key: str,
    by: User,
    at: datetime | None,
    item: LibraryItem,
    text: str | None = None,
) -> LibraryItem:
    """The item; when `key` was used before, the one it made then."""
    at = at or timezone.now()
    here = hold_library(space, by, "upload")
    if key and (first := claim(key, by=by, answer=item.public_id)) != item.public_id:
        return LibraryItem.objects.select_related("space").get(public_id=first)
    item.space, item.parent = here, folder_now(here, folder)
    if item.is_folder:
        require_shallow(item.parent)
        if LibraryItem.objects.all_of(here).folders().count() >= MOST_FOLDERS:
            raise TooManyFolders
    _insert(item, by, at)
    if text is not None:
        quota.require_room(here, len(text.encode()))
        write_version(item, by, at, text=text)
    _told(here, [item], by)
    return item


def require_shallow(folder: LibraryItem | None, below: int = 1) -> None:
    """Raises TooDeep when `below` more ranks of folders do not go into it (`with_way()` beforehand)."""
    depth = len(folder.ancestors) + 1 if folder else 0
    if depth + below > DEEPEST:
        raise TooDeep


def shown_name(name: str) -> str:
    """Of a file: without its ending, which its line says in words."""
    return PurePosixPath(name).stem[:LONGEST_NAME] or name[:LONGEST_NAME]


def _insert(item: LibraryItem, by: User, at: datetime) -> None:
    item.created_by = item.changed_by = by
    item.created_at = item.changed_at = at
    item.save(force_insert=True)


def write_version(
    item: LibraryItem,
    by: User,
    at: datetime,
    *,
    clean: CleanFile | None = None,
    text: str = "",
    change: str = "",
) -> LibraryVersion:
    """The next one, and what the item is from now on. Callers hold the library and have asked for room."""
    version = LibraryVersion(item=item, by=by, at=at, text=text, change=change)
    version.number = (item.current.number if item.current else 0) + 1
    if clean is not None:
        version.stored = store.keep(clean, kind=KIND, by=by)
        version.size = clean.size
    else:
        version.rendered, version.size = render(text), len(text.encode())
    version.save(force_insert=True)
    item.current, item.changed_by, item.changed_at = version, by, at
    item.save(update_fields=["current", "changed_by", "changed_at"])
    return version


def _told(here: Space, items: list[LibraryItem], by: User) -> None:
    """One line of the feed for all of them. A folder is no news until something lies in it."""
    follow(here, items)
    news = [item for item in items if not item.is_folder]
    if news:
        record("library_added", actor=by, space=here, target=news[0])
