"""Queries of the pages that are read most: their SQL is worked out once per process, and only its values change.

Django builds and compiles a query anew for every request, which for the door of a space takes longer than the
database does. Whoever prepares one gives values alone (numbers, texts), so that nothing of a request can be caught
in it; a moment is said with `Moment`, and one that is not is refused, so that no grant outlives its end.
"""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from django.db import connections, models
from django.db.models import prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)
Value = int | str | None

_preparing: ContextVar[bool] = ContextVar("preparing", default=False)
# Stand for values while a query is compiled; a primary key fits into four bytes on both databases.
_NUMBER: Final = 2_147_400_000
_TEXT: Final = "\x01prepared-{}"
# SQLite has moments as texts.
_LOOKS_LIKE_A_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]")
_MOMENT: Final = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


class Moment(models.Expression):
    """Now, by the clock of the application, also in a prepared query."""

    output_field = models.DateTimeField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        now = _MOMENT if _preparing.get() else timezone.now()
        return "%s", [connection.ops.adapt_datetimefield_value(now)]


class Prepared(Generic[Row]):
    """`build` takes values by name and gives a queryset of whole models; calling gives its rows as a list.

    Values that are None make another query of it (IS NULL), which is compiled beside the first.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        self._build = build
        self._lock = Lock()
        self._compiled: dict[tuple[str, frozenset[str]], _Compiled[Row]] = {}

    def __call__(self, **values: Value) -> list[Row]:
        absent = frozenset(name for name, value in values.items() if value is None)
        compiled = self._compiled.get((connections[_alias()].vendor, absent))
        if compiled is None:
            with self._lock:
                compiled = _Compiled(self._build, values)
                self._compiled[connections[_alias()].vendor, absent] = compiled
        return compiled.rows(values)

    def first(self, **values: Value) -> Row | None:
        rows = self(**values)
        return rows[0] if rows else None


def _alias() -> str:
    return "default"


class _Compiled(Generic[Row]):
    def __init__(self, build: Callable[..., models.QuerySet[Row]], values: dict[str, Value]) -> None:
        stands = {name: _stand_in(number, value) for number, (name, value) in enumerate(values.items())}
        token = _preparing.set(True)
        try:
            self.queryset = build(**stands)
            self.brought_along: Any = self.queryset._prefetch_related_lookups  # type: ignore[attr-defined]
            self.compiler: Any = self.queryset.query.get_compiler(_alias())
            self.sql, params = self.compiler.as_sql()
        finally:
            _preparing.reset(token)
        names = {stand: name for name, stand in stands.items() if stand is not None}
        now = self.compiler.connection.ops.adapt_datetimefield_value(_MOMENT)
        self.places = [self._place(param, names, now) for param in params]
        if missing := set(names.values()) - {name for name, _constant in self.places}:
            raise ValueError(f"not in the query: {sorted(missing)}")

    @staticmethod
    def _place(param: Any, names: dict[Any, str], now: Any) -> tuple[str | None, Any]:
        """(name of the value, None), (MOMENT, None) or (None, the constant)."""
        if param == now:
            return "now", None
        if isinstance(param, datetime.date) or (isinstance(param, str) and _LOOKS_LIKE_A_MOMENT.match(param)):
            raise ValueError("a moment in a prepared query is said with Moment()")
        known = names.get(param) if isinstance(param, int | str) and not isinstance(param, bool) else None
        return (known, None) if known else (None, param)

    def rows(self, values: dict[str, Value]) -> list[Row]:
        connection = connections[_alias()]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        given = {"now": now, **values}
        params = tuple(given[name] if name else constant for name, constant in self.places)
        ready = copy.copy(self.compiler)
        ready.connection = connection
        ready.as_sql = lambda: (self.sql, params)
        source: Any = _Ready(self.queryset, ready)
        rows: list[Row] = list(ModelIterable(source))
        if rows and self.brought_along:
            prefetch_related_objects(rows, *self.brought_along)
        return rows


def _stand_in(number: int, value: Value) -> Value:
    if value is None:
        return None
    return _NUMBER + number if isinstance(value, int) else _TEXT.format(number)


class _Ready:
    """What `ModelIterable` asks of a queryset."""

    def __init__(self, queryset: models.QuerySet[Any], compiler: Any) -> None:
        self.model, self.db, self._compiler = queryset.model, _alias(), compiler
        self._known_related_objects: dict[Any, Any] = {}
        self.query = self

    def get_compiler(self, using: str) -> Any:
        return self._compiler
