"""What a reader asked of the library, read from the address and written back into it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, fields, replace
from typing import Final

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from django_countries import countries

from news.resources.kinds import Kind

FACETS: Final = ("theme", "country", "language", "kind", "year")
# The first is what a reader gets who asks for none.
SORTS: Final = ("newest", "title", "year")
YEAR: Final = re.compile(r"1[89][0-9]{2}|2[01][0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The empty word stands for no choice."""

    theme: str = ""
    country: str = ""
    language: str = ""
    kind: str = ""
    year: str = ""
    sort: str = ""

    @classmethod
    def of(cls, parameters: QueryDict) -> Asked:
        """Raises Http404 for a value that does not exist and for one parameter sent twice.

        Whether a theme exists is the caller's question: it costs a query.
        """
        names = [one.name for one in fields(cls)]
        if any(len(parameters.getlist(name)) > 1 for name in (*names, "page")):
            raise Http404
        asked = cls(**{name: parameters.get(name, "") for name in names})
        if not all(asked._exists(name) for name in names):
            raise Http404
        return asked if asked.sort != SORTS[0] else replace(asked, sort="")

    def _exists(self, name: str) -> bool:
        value = getattr(self, name)
        if name == "theme" or not value:
            return True
        if name == "year":
            return bool(YEAR.fullmatch(value))
        known: dict[str, Container[str]] = {
            "country": countries.countries,
            "language": dict(settings.LANGUAGES),
            "kind": Kind.values,
            "sort": SORTS,
        }
        return value in known[name]

    def chosen(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}

    def query(self, **changes: str) -> str:
        """`?theme=…&kind=…`, always in the same order; empty when nothing is asked. `page` never comes along."""
        asked = replace(self, **changes)
        pairs = [(one.name, getattr(asked, one.name)) for one in fields(asked)]
        words = urlencode([(name, value) for name, value in pairs if value])
        return f"?{words}" if words else ""

    def without_facets(self) -> str:
        return Asked(sort=self.sort).query()
