"""A new state of what lies in a library: a version, another name, another place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from communities.library import quota
from communities.library.adding import NoRoom, _no_room, require_shallow, write_version
from communities.library.holding import folder_now, follow, hold_library, item_now, note_deed
from communities.library.models import LibraryItem, LibraryVersion
from communities.library.querysets import DEEPEST
from communities.permissions import Refused
from communities.submissions import claim
from files.cleaning import safe_name
from files.models import StoredFile

if TYPE_CHECKING:
    from communities.models import Space
    from files.cleaning import CleanFile
    from profiles.models import User

__all__ = ["ChangedMeanwhile", "IntoItself", "NoRoom", "arrange", "move", "renew", "rewrite"]
ARRANGED: Final = ("name", "language", "description", "url")


class ChangedMeanwhile(Exception):
    """Somebody else saved first. `now`: the item as it is."""

    def __init__(self, now: LibraryItem) -> None:
        self.now = now
        super().__init__()


class IntoItself(Exception):  # noqa: N818 -- a state, as the page says it
    """A folder cannot lie in itself, nor in what lies in it."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """`meanwhile`: the version that somebody else put up since the form was opened; both are kept."""

    version: LibraryVersion
    meanwhile: LibraryVersion | None = None


@transaction.atomic
def renew(item: LibraryItem, clean: CleanFile, *, change: str, seen: int, key: str, by: User) -> Renewed:
    """A new version of a file. `seen`: the number of the version that the form was opened on.

    Raises Refused, SwitchedOff, Http404, ItemGone, Full, NoRoom.
    """
    here = hold_library(item.space, by, "upload")
    now = item_now(here, item)
    before = now.current
    answer = f"{now.public_id}:{(before.number if before else 0) + 1}"
    if key and (first := claim(key, by=by, answer=answer)) != answer:
        number = int(first.rpartition(":")[2])
        return Renewed(now.versions.get(number=number))
    quota.require_room(here, clean.size)
    try:
        version = write_version(now, by, timezone.now(), clean=clean, change=change)
    except OSError as problem:
        raise _no_room(problem) from problem
    follow(here, [now])
    return Renewed(version, before if before and before.number != seen else None)


@transaction.atomic
def rewrite(item: LibraryItem, text: str, *, change: str, seen: int, by: User) -> LibraryVersion:
    """A new version of a note; the one there is, where nothing differs.

    Raises ChangedMeanwhile, Refused, SwitchedOff, Http404, ItemGone, Full.
    """
    here = hold_library(item.space, by, "upload")
    now = item_now(here, item)
    current = now.current
    if current and current.text == text:
        return current
    if current and current.number != seen:
        raise ChangedMeanwhile(now)
    quota.require_room(here, len(text.encode()))
    version = write_version(now, by, timezone.now(), text=text, change=change)
    follow(here, [now])
    return version


@transaction.atomic
def arrange(item: LibraryItem, *, seen: int, by: User, **columns: Any) -> LibraryItem:
    """Name, language, description, address. `seen`: the `changes` that the form was filled from.

    Raises ChangedMeanwhile, Refused, SwitchedOff, Http404, ItemGone.
    """
    here, now = _for_arranging(item, by)
    if all(getattr(now, name) == value for name, value in columns.items()):
        return now
    if now.changes != seen:
        raise ChangedMeanwhile(now)
    before = now.name
    for name in ARRANGED:
        setattr(now, name, columns.get(name, getattr(now, name)))
    _save(now, by, *ARRANGED, "rank", "sort_name")
    if now.name != before and now.is_file:
        _rename_files(now)
    note_deed("library_changed", now, by)
    follow(here, [now])
    return now


@transaction.atomic
def move(item: LibraryItem, folder: LibraryItem | None, *, by: User) -> LibraryItem:
    """Into that folder of the same space; None: to the top.

    Raises IntoItself, TooDeep, Refused, SwitchedOff, Http404, ItemGone.
    """
    here, now = _for_arranging(item, by)
    target = folder_now(here, folder)
    if now.parent_id == (target.pk if target else None):
        return now
    if target is not None and now.pk in {target.pk, *(each.pk for each in target.ancestors)}:
        raise IntoItself
    if now.is_folder:
        require_shallow(target, 1 + _ranks_below(here, now))
    now.parent = target
    _save(now, by, "parent")
    note_deed("library_moved", now, by)
    return now


def _for_arranging(item: LibraryItem, by: User) -> tuple[Space, LibraryItem]:
    here = hold_library(item.space, by, "edit")
    now = item_now(here, item)
    if not now.may_be_arranged_by(by, here.rights):
        raise Refused("edit", here)
    return here, now


def _save(now: LibraryItem, by: User, *columns: str) -> None:
    now.sort()
    now.changed_by, now.changed_at = by, timezone.now()
    now.changes += 1
    now.save(update_fields=[*columns, "changed_by", "changed_at", "changes"])


def _rename_files(now: LibraryItem) -> None:
    """Somebody's name taken out of a title must not come back with the download, nor with an older version."""
    rows = list(StoredFile.objects.filter(library_version__item=now.pk))
    for stored in rows:
        ending = stored.name[stored.name.rfind(".") :] if "." in stored.name else ""
        stored.name = safe_name(now.name.replace("/", "-").replace("\\", "-") + ending, ending)
    StoredFile.objects.bulk_update(rows, ["name"])


def _ranks_below(here: Space, folder: LibraryItem) -> int:
    """How many ranks of folders lie in it. One query each."""
    level, ranks = [folder.pk], 0
    while ranks <= DEEPEST:
        level = list(
            LibraryItem.objects.all_of(here).folders().filter(parent__in=level).values_list("pk", flat=True)
        )
        if not level:
            break
        ranks += 1
    return ranks
