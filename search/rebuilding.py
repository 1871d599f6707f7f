"""Making the entries agree with the rooms again: after a restore, a new kind, a new analyser."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import connection, transaction

from search.entries import Entry, Source, drop, put, reanalyse, sources
from search.models import SearchEntry

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Count:
    put: int
    dropped: int


def rebuild() -> Iterator[tuple[str, Count]]:
    """Every kind that has a source, one after the other; running it twice changes nothing.

    Entries of a kind without a source stay: nobody can say whether their objects live.
    """
    for kind, source in sources().items():
        yield kind, _rebuild_kind(kind, source)


@transaction.atomic
def _rebuild_kind(kind: str, source: Source) -> Count:
    """Raises ValueError when the source hands in another kind.

    Other writers wait until it is done: an object binned while we copy would otherwise be put back, and
    found, after its `drop`.
    """
    _keep_writers_out()
    gone = set(SearchEntry.objects.filter(kind=kind).values_list("object_id", flat=True))
    entries, count = iter(source()), 0
    while batch := list(islice(entries, BATCH)):
        _check_kind(kind, batch)
        put(*batch)
        gone -= {entry.object_id for entry in batch}
        count += len(batch)
    drop(kind, *gone)
    return Count(put=count, dropped=len(gone))


def _keep_writers_out() -> None:
    """SQLite has one writer at a time anyway; the first write of the transaction is enough."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SearchEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    else:
        SearchEntry.objects.filter(pk=0).update(kind="")


def _check_kind(kind: str, batch: list[Entry]) -> None:
    strange = {entry.kind for entry in batch} - {kind}
    if strange:
        raise ValueError(f"the source of {kind} hands in {', '.join(sorted(strange))}")


def reanalyse_outdated() -> int:
    """Analyse rows of another version anew from their own texts. Returns how many."""
    count = 0
    while done := _reanalyse_batch():
        count += done
    return count


@transaction.atomic
def _reanalyse_batch() -> int:
    rows = list(SearchEntry.objects.outdated().select_for_update().order_by("pk")[:BATCH])
    reanalyse(rows)
    return len(rows)


def merge_indexes() -> None:
    """SQLite's full-text tables, Wagtail's included, keep deleted words in their files until they are merged."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%fts5%%'")
        for (name,) in cursor.fetchall():
            table = connection.ops.quote_name(name)
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
