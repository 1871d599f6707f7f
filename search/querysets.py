"""Who finds what. The right stands in the same WHERE as the match: before counting, ranking and limiting."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.db import connections, models
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
)

from communities.models import Space
from communities.permissions import OUTSIDE, in_network
from search.analyser import ANALYSER_VERSION
from search.query import Prefix, Query, parse, parse_prefix

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from search.models import SearchEntry  # noqa: F401 -- the queryset's own model, named in a string

# A word that a tenth of all rows hold would have each of them ranked. Of more hits than this, the newest.
MOST_RANKED: Final = 1_000
# In PostgreSQL a title's words weigh this much more through their label A (1.0 against 0.4 of B).
_TITLE_WEIGHT: Final = 10.0


class _OfIndex(Func):
    """An expression over the full-text index, whatever name the query at hand gives its table.

    Its only source is the row's key: in SQLite that of the FTS5 table, in PostgreSQL of SearchEntry.
    """

    def __init__(self, key: F, query: Query | Prefix, column: str = "terms_vector", **extra: Any) -> None:
        self.query, self.column = query, column
        super().__init__(key, **extra)

    def _table(self, compiler: Any) -> str:
        (key,) = self.get_source_expressions()
        sql, _params = compiler.compile(key)
        return sql.rpartition(".")[0]


class _Matches(_OfIndex):
    output_field = BooleanField()
    conditional = True

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str, ...]]:
        # A FTS5 table has a hidden column of its own name.
        return f'{self._table(compiler)}."search_index" MATCH %s', (self.query.as_fts5(),)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str, ...]]:
        return f'{self._table(compiler)}."{self.column}" @@ %s::tsquery', (self.query.as_tsquery(),)


class _Rank(_OfIndex):
    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str, ...]]:
        # bm25 wants the FTS5 table joined in the same query; it counts downwards.
        return f'-bm25({self._table(compiler)}."search_index", {_TITLE_WEIGHT}, 1.0, 0.0)', ()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str, ...]]:
        return f'ts_rank({self._table(compiler)}."terms_vector", %s::tsquery)', (self.query.as_tsquery(),)


class _Counted(Func):
    """A key that SQLite may compare but not look up by.

    Otherwise its planner asks the full-text index once for each key a reader may have. (sqlite.org,
    "The SQLite Query Optimizer", on a unary plus.)
    """

    template = "+%(expressions)s"
    output_field = BigIntegerField()


def _outside_spaces(in_network: bool) -> Q:
    """What stands in no space, for somebody of the network or for everyone."""
    audiences = ["everyone", "network"] if in_network else ["everyone"]
    return Q(space__isnull=True, audience__in=audiences)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: AnyUser) -> SearchEntryQuerySet:
        """What `user` may read. Asks for their spaces at once, one query.

        The spaces go in as a list: with a subquery PostgreSQL's planner guesses wrong and reads every row.
        """
        if user.is_authenticated and not user.is_active:
            return self.none()
        spaces = list(Space.objects.readable_by(user).values_list("pk", flat=True))
        return self.filter(_outside_spaces(in_network(user)) | Q(space__in=spaces))

    def open_to(self, user: AnyUser) -> SearchEntryQuerySet:
        """The same rows in one query: for few rows asked for by their keys, where no planner guesses wrong."""
        if user.is_authenticated and not user.is_active:
            return self.none()
        spaces = Space.objects.readable_by(user).values("pk")
        return self.filter(_outside_spaces(in_network(user)) | Q(space__in=spaces))

    def about(
        self, themes: Collection[int] | models.QuerySet[Any, Any], kinds: list[str]
    ) -> SearchEntryQuerySet:
        """Rows of these kinds with any of these themes (ids)."""
        pairs = self.model.themes.through._default_manager.filter(theme__in=themes)
        return self.filter(kind__in=kinds, pk__in=pairs.values("searchentry"))

    def once(self, language: str) -> SearchEntryQuerySet:
        """Of each thing one translation: that in `language`, else the one that was there first.

        For kinds whose translations have the same readers.
        """
        same = self.model._default_manager.filter(work=OuterRef("work"))
        other = Exists(same.filter(language=language)) | Exists(same.filter(pk__lt=OuterRef("pk")))
        return self.filter(Q(language=language) | ~other)

    def visible_to_network(self) -> SearchEntryQuerySet:
        """What an approved member of the network reads who is in no space."""
        open_ones = [value for value, (_everyone, network) in OUTSIDE.items() if "read" in network]
        return self.filter(_outside_spaces(True) | Q(space__visibility__in=open_ones))

    def search(self, text: str) -> SearchEntryQuerySet:
        """Rows that answer what a reader typed; none for an empty text or one of exclusions only."""
        query = parse(text)
        if not query:
            return self.none().alias(fit=Value(0.0))
        return self._matching(query).alias(fit=_Rank(self._key(), query))

    def ranked(self) -> SearchEntryQuerySet:
        """After `search`: best first, among the newest MOST_RANKED hits."""
        newest = self.newest().values("pk")[:MOST_RANKED]
        return self._among(newest).order_by(F("fit").desc(), F("date").desc(nulls_last=True), "-pk")

    def starting(self, text: str) -> SearchEntryQuerySet:
        """Rows whose title holds these words, the last of them perhaps unfinished; newest first."""
        prefix = parse_prefix(text)
        return self._matching(prefix, "title_vector").newest() if prefix else self.none()

    def meant_for(self, user: AnyUser) -> SearchEntryQuerySet:
        """After `visible_to` and a match: without what rooms hide from this one reader (`register_hiding`).

        Asked of hits, not of every row: the right filter is answered from an index, this one is not.
        """
        from search.entries import hidings

        rows = self
        for hiding in hidings if user.is_authenticated else ():
            rows = rows.exclude(hiding(user))
        return rows

    def newest(self) -> SearchEntryQuerySet:
        return self.order_by(F("date").desc(nulls_last=True), "-pk")

    def outdated(self) -> SearchEntryQuerySet:
        """Rows whose stems come from another version of the analyser."""
        return self.exclude(analyser=ANALYSER_VERSION)

    def with_result(self) -> SearchEntryQuerySet:
        """What a line of the results shows: the space's words, the author's name as it is today."""
        name = get_user_model()._default_manager.filter(pk=OuterRef("author")).values("display_name")
        return (
            self.select_related("space")
            .prefetch_related("space__texts")
            .annotate(author_name=Subquery(name))
            .defer("title_terms", "title_words", "body_terms")
        )

    def _matching(self, query: Query | Prefix, column: str = "terms_vector") -> SearchEntryQuerySet:
        return self._by_key().filter(_Matches(self._key(), query, column))

    def _by_key(self) -> SearchEntryQuerySet:
        """SQLite: the same rows, asked for by the key of the FTS5 table.

        Joined otherwise, it reads the row of each hit to see whether the reader may have it, and rows are
        long; the keys of what they may have come from an index alone.
        """
        if not self._is_sqlite():
            return self
        everything = self.model._default_manager.using(self.db).filter(index__pk__isnull=False)
        return everything._among(self.values("pk")) if self.query.where else everything

    def _among(self, keys: models.QuerySet[Any, Any]) -> SearchEntryQuerySet:
        if not self._is_sqlite():
            return self.filter(pk__in=keys)
        return self.alias(key=_Counted(F("index__pk"))).filter(key__in=keys)

    def _key(self) -> F:
        return F("index__pk") if self._is_sqlite() else F("pk")

    def _is_sqlite(self) -> bool:
        return connections[self.db].vendor == "sqlite"
