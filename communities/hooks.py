"""What must happen in other rooms when something happens to a space or a person, or time goes by.

Plain lists of plain functions, filled in each room's `AppConfig.ready()`. Each runs in the caller's
transaction and in the order of registration; what one raises stops the deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from communities.library.models import LibraryItem
    from communities.models import Space
    from communities.parts import Part
    from communities.steering import Waiting
    from profiles.models import User

OnFound = Callable[["Space"], None]
OnLeave = Callable[["User", "Space"], None]
# The space after the change, its old slug, and every name it had (one per language).
OnHide = Callable[["Space", str, list[str]], None]
# The space as it presents itself now (words, address, figures), and the slug it had before.
OnPresent = Callable[["Space", str], None]
# The space after it changed who reads it, or which of its rooms are open (`Space.has_forum`, ...).
OnChange = Callable[["Space"], None]
# Things of a library as they are now: some may have gone into the bin, or for good.
OnLibrary = Callable[["Space", "Iterable[LibraryItem]"], None]
# What nobody has answered since that moment, the oldest first, at most so many.
Unanswered = Callable[["Space", "datetime", int], "Iterable[Waiting]"]
# Addresses and titles of what names the space in public and does not go with it: (title, url).
Mentions = Callable[["Space"], list[tuple[str, str]]]
# What the room knows of the person, and what they wrote there (communities/parts.py).
OnExport = Callable[["User"], "Iterable[Part]"]
# What the room holds of a space, as far as every one of its members may read it now (communities/parts.py).
OnWhole = Callable[["Space"], "Iterable[Part]"]
# The person, and whether their words go as well (True) or stay, by a former member (False).
OnErase = Callable[["User", bool], None]
# An account that is suspended or declined: it may come back, what was open must not.
OnSuspend = Callable[["User"], None]
# Ids of people whom a block lies between and that person, in either direction: none tells the other anything.
Apart = Callable[["User"], Iterable[int]]
# What a room does every few minutes; a line of what it did, for whoever runs the command by hand.
OnTick = Callable[[], str]

found: list[OnFound] = []
leave: list[OnLeave] = []
hide: list[OnHide] = []
present: list[OnPresent] = []
change: list[OnChange] = []
library: list[OnLibrary] = []
unanswered: list[Unanswered] = []
mentions: list[Mentions] = []
export: list[OnExport] = []
whole: list[OnWhole] = []
erase: list[OnErase] = []
suspend: list[OnSuspend] = []
apart: list[Apart] = []
tick: list[OnTick] = []


def on_found(function: OnFound) -> None:
    found.append(function)


def on_leave(function: OnLeave) -> None:
    leave.append(function)


def on_hide(function: OnHide) -> None:
    hide.append(function)


def on_present(function: OnPresent) -> None:
    """After a space has changed its words or its address."""
    present.append(function)


def on_change(function: OnChange) -> None:
    """A room that was switched off keeps what it holds, and shows it nowhere: not in search either."""
    change.append(function)


def on_library(function: OnLibrary) -> None:
    """After things were put into a library, changed, binned or brought back."""
    library.append(function)


def on_unanswered(function: Unanswered) -> None:
    """Asked for the desk of those who run the space (communities/steering.py)."""
    unanswered.append(function)


def on_mentions(function: Mentions) -> None:
    """Asked before a space is made hidden: what somebody wrote by hand elsewhere cannot go with it."""
    mentions.append(function)


def on_export(function: OnExport) -> None:
    """What the room hands out is read by the person, later and perhaps elsewhere: only what they may read now."""
    export.append(function)


def on_whole(function: OnWhole) -> None:
    """For the copy of a whole space: only what an observer reads there today, names as they are shown there."""
    whole.append(function)


def on_erase(function: OnErase) -> None:
    """For what is more than a row to delete: that is declared (communities/fates.py) and needs no function."""
    erase.append(function)


def on_suspend(function: OnSuspend) -> None:
    suspend.append(function)


def on_apart(function: Apart) -> None:
    """For rooms that tell one person what another did: they know nothing of blocks."""
    apart.append(function)


def people_apart_from(user: User) -> set[int]:
    return {pk for function in apart for pk in function(user)}


def on_tick(function: OnTick) -> None:
    tick.append(function)
