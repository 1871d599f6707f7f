"""Keeping and discarding: the row in the caller's transaction, the bytes with it."""

from __future__ import annotations

import hashlib
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from files.cleaning import CleanFile, cleaned, door, safe_name
from files.cleaning.kinds import known_ending
from files.models import StoredFile, private_storage, storage_name

if TYPE_CHECKING:
    from django.core.files.base import File

    from files.cleaning.base import Small
    from profiles.models import User


def keep(
    upload: File[Any] | CleanFile, *, kind: str, by: User | None, original: File[Any] | None = None
) -> StoredFile:
    """Cleans and keeps. `kind` names the room that answers who may read it (`files.readers`).

    `original` is kept beside it as it came, marked, with its SHA-256: evidence may not be changed. Hand it in only
    where the space allows that and the person asked for it. It went through the same checks as the clean one.

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
    beside = _original(original, stored) if original is not None else None
    with transaction.atomic(savepoint=False):
        _put(stored, clean.content, clean.small)
        if original is not None and beside is not None:
            beside.original_of = stored
            _put(beside, original)
    return stored


def _original(given: File[Any], stored: StoredFile) -> StoredFile:
    """Raises UnacceptableFile. Its type is nobody's business but the reader's: it is saved, never shown."""
    door.refuse_size(given)
    door.scan(given)
    given.seek(0)
    digest = hashlib.file_digest(given, "sha256").hexdigest()
    given.seek(0)
    return StoredFile(
        kind=stored.kind,
        name=safe_name(given.name or "", known_ending(given.name or "") or known_ending(stored.name)),
        content_type="application/octet-stream",
        size=given.size,
        sha256=digest,
        uploaded_by=stored.uploaded_by,
    )


def _put(stored: StoredFile, content: File[Any], small: Small | None = None) -> None:
    try:
        stored.content.save(stored.name, content, save=False)
        _remove_unless_committed(stored.content.name or "")
        if small is not None:
            _put_small(stored, small)
    except OSError:
        # A disk that is full keeps the half that it has taken.
        private_storage().delete(storage_name(stored, stored.name))
        raise
    # One INSERT; the lists' order is that of the ids.
    StoredFile.objects.bulk_create([stored])


def _put_small(stored: StoredFile, small: Small) -> None:
    stored.small_size, stored.small_width, stored.small_height = (
        small.content.size,
        small.width,
        small.height,
    )
    _remove_unless_committed(stored.small_name)
    private_storage().save(stored.small_name, small.content)


def add_small(stored: StoredFile, small: Small) -> None:
    """To a picture that was kept without one; its row is held. What a run that was broken off left there goes."""
    private_storage().delete(stored.small_name)
    _put_small(stored, small)
    stored.save(update_fields=["small_size", "small_width", "small_height"])


def discard(stored: StoredFile) -> None:
    """The row goes in the caller's transaction, the bytes once that is certain; original and small picture with it."""
    for original in StoredFile.objects.filter(original_of=stored):
        discard(original)
    names = [stored.content.name] if stored.content.name else []
    # Of a picture in any case: somebody may have made it a small one since the row was read (smaller.py).
    if names and (stored.has_small or stored.is_image):
        names.append(stored.small_name)
    stored.delete()
    for name in names:
        transaction.on_commit(partial(private_storage().delete, name))


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
