"""Small pictures for those that were kept before there were any: `manage.py make_small_pictures`.

The file itself is read and nothing else: neither its bytes nor an original beside it are touched. The work is done
where uploads are taken apart (`files.sandbox`), with the same checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from files import readers, store
from files.cleaning import UnacceptableFile, cleaned
from files.cleaning.limits import LIGHT
from files.models import StoredFile

BATCH: Final = 100


@dataclass(slots=True)
class Tally:
    made: int = 0
    # It weighs little once it is packed as today: shown as it is.
    light: int = 0
    # Ids. Gone from the disk, refused by today's rules, or no scanner answers: tried again the next time.
    failed: tuple[int, ...] = ()


def without() -> QuerySet[StoredFile]:
    """Pictures that a page cannot show before they are opened."""
    rows = StoredFile.objects.filter(small_size=None, original_of=None, size__gt=LIGHT)
    return rows.filter(content_type__startswith="image/").exclude(kind__in=readers.cut)


def make_all() -> Iterator[Tally]:
    """What was done so far, after each batch. Each picture is finished before the next is begun, so that it may be
    stopped at any time; begun again, it goes on with what is left."""
    done, last = Tally(), 0
    while rows := list(without().filter(pk__gt=last).order_by("pk")[:BATCH]):
        for stored in rows:
            _count(stored, done)
        last = rows[-1].pk
        yield done


def _count(stored: StoredFile, done: Tally) -> None:
    try:
        made = make(stored)
    except (UnacceptableFile, OSError):
        done.failed += (stored.pk,)
        return
    done.made += made
    done.light += not made


def make(stored: StoredFile) -> bool:
    """False: it needs none, or it is gone or somebody else made one meanwhile.

    Raises UnacceptableFile, OSError.
    """
    with stored.content.open("rb") as content:
        small = cleaned(File(content, stored.name)).small
    if small is None:
        return False
    with transaction.atomic():
        now = without().select_for_update().filter(pk=stored.pk).first()
        if now is None:
            return False
        store.add_small(now, small)
    return True
