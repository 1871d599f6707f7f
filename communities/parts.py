"""What a person takes along when they ask for everything about them: parts, given by each room as plain data.

A room never hands out what the person may not read now: other people's names and the titles of places appear
only where a page would show them as well. The person's own words are theirs wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

# What a row may hold: text, numbers, moments, a file of the private store, lists of these, and the two below.
Row = Mapping[str, Any]
CHUNK: Final = 200


class Words(NamedTuple):
    """A text in a language of its own, which is not the reader's."""

    text: str
    language: str


class Coded(NamedTuple):
    """What programs read, and how people call it."""

    code: Any
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page and one file of data. `name` is both their names; `keys` says in order what a row holds, and how
    the person calls it. `rows` is asked for once, inside the person's language and time zone, and never held
    as a whole: give a generator over an iterator."""

    name: str
    title: str | _StrPromise
    keys: Mapping[str, str | _StrPromise]
    rows: Callable[[], Iterable[Row]]
    note: str | _StrPromise = ""


def rows_of(rows: QuerySet[Any], *columns: str) -> Callable[[], Iterator[Row]]:
    """Plain columns of a table, choices with their words."""
    return lambda: (
        {name: value_of(row, name) for name in columns} for row in rows.iterator(chunk_size=CHUNK)
    )


def value_of(row: Model, name: str) -> Any:
    value = getattr(row, name)
    words = getattr(row, f"get_{name}_display", None)
    return Coded(value, str(words())) if words and value not in ("", None) else value


def language_of(code: str) -> Coded | str:
    """By its own name."""
    return Coded(code, dict(settings.LANGUAGES).get(code, code)) if code else ""
