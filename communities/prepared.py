"""Queries of the pages that are read most: their SQL is worked out once per process, and only its values change.

Django builds and compiles a query anew for every request, which for the door of a space takes longer than the
database does. Whoever prepares one gives values alone (numbers, texts), so that nothing of a request can be caught
in it; a moment is said with `Moment`, and one that is not is refused, so that no grant outlives its end.

`Prepared` is a whole query, `Within` a condition: the column is among what a prepared query selects.
"""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)
Value = int | str | None
Build = Callable[..., models.QuerySet[Row]]

ALIAS: Final = "default"
NOW: Final = "now"

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
        return "%s", [_now(connection)]


def _now(connection: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(_MOMENT if _preparing.get() else timezone.now())


class _Compiled:
    """SQL, and which of its parameters is which value. `sql` is empty where nothing can ever be found."""

    def __init__(self, build: Build[Any], values: dict[str, Value]) -> None:
        stands = {name: _stand_in(number, value) for number, (name, value) in enumerate(values.items())}
        token = _preparing.set(True)
        try:
            self.queryset: Any = build(**stands)
            self.compiler: Any = self.queryset.query.get_compiler(ALIAS)
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, params = "", tuple(stand for stand in stands.values() if stand is not None)
        finally:
            _preparing.reset(token)
        names = {stand: name for name, stand in stands.items() if stand is not None}
        now = connections[ALIAS].ops.adapt_datetimefield_value(_MOMENT)
        self.places = [_place(param, names, now) for param in params]
        if missing := set(names.values()) - {name for name, _constant in self.places}:
            raise ValueError(f"not in the query: {sorted(missing)}")

    def params(self, connection: Any, values: dict[str, Value]) -> tuple[Any, ...]:
        given = {NOW: _now(connection), **values}
        return tuple(given[name] if name else constant for name, constant in self.places)


def _place(param: Any, names: dict[Any, str], now: Any) -> tuple[str, Any]:
    """(name of the value, None), or ("", the constant)."""
    if param == now:
        return NOW, None
    if isinstance(param, datetime.date) or (isinstance(param, str) and _LOOKS_LIKE_A_MOMENT.match(param)):
        raise ValueError("a moment in a prepared query is said with Moment()")
    known = names.get(param, "") if isinstance(param, int | str) and not isinstance(param, bool) else ""
    return (known, None) if known else ("", param)


def _stand_in(number: int, value: Value) -> Value:
    if value is None:
        return None
    return _NUMBER + number if isinstance(value, int) else _TEXT.format(number)


class _Once(Generic[Row]):
    """`build`, compiled at most once for each set of values that are None: those make another query (IS NULL)."""

    def __init__(self, build: Build[Row]) -> None:
        self._build = build
        self._lock = Lock()
        self._compiled: dict[tuple[str, frozenset[str]], _Compiled] = {}

    def compiled(self, values: dict[str, Value]) -> _Compiled:
        absent = frozenset(name for name, value in values.items() if value is None)
        key = (connections[ALIAS].vendor, absent)
        if key not in self._compiled:
            with self._lock:
                self._compiled[key] = _Compiled(self._build, values)
        return self._compiled[key]


class Prepared(_Once[Row]):
    """`build` takes values by name and gives a queryset of whole models; calling gives its rows as a list."""

    def __call__(self, **values: Value) -> list[Row]:
        compiled, connection = self.compiled(values), connections[ALIAS]
        if not compiled.sql:
            return []
        ready = copy.copy(compiled.compiler)
        ready.connection = connection
        asked = compiled.sql, compiled.params(connection, values)
        ready.as_sql = lambda: asked
        source: Any = _Ready(compiled.queryset, ready)
        rows: list[Row] = list(ModelIterable(source))
        if rows and (brought_along := compiled.queryset._prefetch_related_lookups):
            prefetch_related_objects(rows, *brought_along)
        return rows

    def first(self, **values: Value) -> Row | None:
        rows = self(**values)
        return rows[0] if rows else None


class _Ready:
    """What `ModelIterable` asks of a queryset."""

    def __init__(self, queryset: models.QuerySet[Any], compiler: Any) -> None:
        self.model, self.db, self._compiler = queryset.model, ALIAS, compiler
        self._known_related_objects: dict[Any, Any] = {}
        self.query = self

    def get_compiler(self, using: str) -> Any:
        return self._compiler


class Selection(_Once[Any]):
    """`build` gives a queryset of one column, without an order."""


class Within(models.Expression):
    """`Within("space", selection, user_id=5)`: a condition, true where the column is among what is selected."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: str | models.F, selection: Selection, **values: Value) -> None:
        super().__init__()
        self.column: Any = models.F(column) if isinstance(column, str) else column
        self.selection, self.values = selection, values

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, expressions: Any) -> None:
        (self.column,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        compiled = self.selection.compiled(self.values)
        if not compiled.sql:
            raise EmptyResultSet
        column, params = compiler.compile(self.column)
        return f"{column} IN ({compiled.sql})", [*params, *compiled.params(connection, self.values)]
