"""Keeping and discarding: the row in the caller's transaction, the bytes with it."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from django.db import transaction

from files.cleaning import CleanFile, cleaned
from files.models import StoredFile, private_storage

if TYPE_CHECKING:
    from django.core.files.base import File

    from profiles.models import User


def keep(upload: File[Any] | CleanFile, *, kind: str, by: User | None) -> StoredFile:
    """Cleans and keeps. `kind` names the room that answers who may read it (`files.readers`).

    Raises `files.cleaning.UnacceptableFile`, a ValidationError. When the caller's transaction fails, the
    bytes go as the row does. Hand in what `cleaned` made when the transaction should stay short.
    """
    clean = upload if isinstance(upload, CleanFile) else cleaned(upload)
    stored = StoredFile(
        kind=kind,
        name=clean.name,
        content_type=clean.content_type,
        size=clean.size,
        width=clean.width,
        height=clean.height,
        uploaded_by=by,
    )
    with transaction.atomic(savepoint=False):
        stored.content.save(clean.name, clean.content, save=False)
        _remove_unless_committed(stored.content.name or "")
        # One INSERT; the lists' order is that of the ids.
        StoredFile.objects.bulk_create([stored])
    return stored


def discard(stored: StoredFile) -> None:
    """The row goes in the caller's transaction, the bytes once that is certain."""
    name = stored.content.name
    stored.delete()
    if name:
        transaction.on_commit(lambda: private_storage().delete(name))


class _Hold:
    """Lives in the list of what to do after the commit, and nowhere else."""


def _remove_unless_committed(name: str) -> None:
    """Django says when a transaction commits, not when it fails; but then, or when the savepoint around us
    does, it drops its list of things to do. What hangs on that list alone is let go at that moment.
    """
    hold = _Hold()
    remove = weakref.finalize(hold, private_storage().delete, name)

    def committed(hold: _Hold = hold) -> None:
        remove.detach()

    transaction.on_commit(committed)
