"""Who may read a file is decided by the room that owns it, on every request.

readers.register("post", may_read_post_file)   # in AppConfig.ready()

Originals kept as evidence have a reader of their own; a room that names none shows them to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from files.models import StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from profiles.models import User

    AnyUser = User | AnonymousUser

Reader = Callable[["AnyUser", StoredFile], bool]
readers: dict[str, Reader] = {}
readers_of_originals: dict[str, Reader] = {}


# Kinds whose pictures were cut to the place where they are shown: they need no small one.
cut: set[str] = set()


def register(kind: str, reader: Reader, *, originals: Reader | None = None, is_cut: bool = False) -> None:
    """Raises ValueError when another room has taken that kind."""
    if readers.setdefault(kind, reader) is not reader:
        raise ValueError(f"two rooms answer for files of kind {kind}")
    if originals is not None:
        readers_of_originals[kind] = originals
    if is_cut:
        cut.add(kind)


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """Nobody reads a file whose kind no room answers for."""
    reader = (readers_of_originals if stored.is_original else readers).get(stored.kind)
    return reader is not None and reader(user, stored)
