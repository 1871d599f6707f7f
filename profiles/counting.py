"""The directory's one statement. Rights come from `ProfileQuerySet.visible_to`; what is written here counts.

Both databases work out everybody's closeness once, keep the result aside, and read it for each facet. Asked
facet by facet through the ORM, the closeness of ten thousand people would be worked out a dozen times.
"""

# ruff: noqa: S608 -- names of our own tables and columns; whatever was asked goes in as a parameter

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import get_language

if TYPE_CHECKING:
    from profiles.querysets import ProfileQuerySet

AVAILABLE: Final = "yes"
# Organisations are many: those with the most people, and the chosen one.
MOST_ORGANISATIONS: Final = 20

# Facet -> the field whose audience decides whether it may count a person for this reader.
FIELD: Final = {
    "theme": "expertise",
    "country": "country",
    "language": "languages",
    "organisation": "organisation",
    "available": "available",
}
_COLUMNS: Final = (
    "id", "name_folded", "closeness", "country", "organisation", "available",
    *(f"{field}_for" for field in FIELD.values()),
)  # fmt: skip
_THEMES: Final = "profiles_profile_expertise AS e JOIN themes_theme AS t ON t.id = e.theme_id"
_HAS: Final = {
    "theme": f"near.id IN (SELECT e.profile_id FROM {_THEMES} WHERE t.slug = %s)",
    "country": "near.country = %s",
    "language": "near.id IN (SELECT s.profile_id FROM profiles_spokenlanguage AS s WHERE s.code = %s)",
    "organisation": "near.organisation IN (SELECT o.id FROM profiles_organisation AS o"
    " WHERE o.public_id = %s AND o.approved_at IS NOT NULL)",
    "available": f"near.available AND %s = '{AVAILABLE}'",
}
# As `Theme.name`: the reader's language, else English, else any.
_THEME_NAME: Final = (
    "(SELECT n.name FROM themes_themename AS n WHERE n.theme_id = t.id"
    " ORDER BY n.language = %s DESC, n.language = 'en' DESC, n.id LIMIT 1)"
)
# Each says {fits} once; parameters of its own come before and behind it (`_own`).
_COUNTED: Final = {
    "theme": f"SELECT 'theme', t.slug, COALESCE({_THEME_NAME}, t.slug), c.number FROM ("
    "SELECT e.theme_id, COUNT(*) AS number FROM near JOIN profiles_profile_expertise AS e"
    " ON e.profile_id = near.id WHERE {fits} GROUP BY e.theme_id) AS c JOIN themes_theme AS t ON t.id = c.theme_id",
    "country": "SELECT 'country', near.country, '', COUNT(*) FROM near"
    " WHERE near.country <> '' AND {fits} GROUP BY near.country",
    "language": "SELECT 'language', s.code, '', COUNT(*) FROM near JOIN profiles_spokenlanguage AS s"
    " ON s.profile_id = near.id WHERE {fits} GROUP BY s.code",
    "organisation": "SELECT * FROM (SELECT 'organisation' AS facet, o.public_id, o.name, c.number FROM ("
    "SELECT near.organisation, COUNT(*) AS number FROM near WHERE near.organisation IS NOT NULL AND {fits}"
    " GROUP BY near.organisation) AS c JOIN profiles_organisation AS o ON o.id = c.organisation"
    " WHERE o.approved_at IS NOT NULL ORDER BY o.public_id = %s DESC, c.number DESC, o.name_folded"
    f" LIMIT {MOST_ORGANISATIONS}) AS most",
    "available": f"SELECT 'available', '{AVAILABLE}', '', COUNT(*) FROM near WHERE near.available AND {{fits}}",
}
_TOTAL: Final = "SELECT 'total', '', '', COUNT(*) FROM near WHERE {fits}"
_PEOPLE: Final = (
    "SELECT * FROM (SELECT 'person' AS facet, CAST(near.id AS VARCHAR(20)) AS value, '' AS label,"
    " near.closeness AS number FROM near WHERE {fits} ORDER BY near.name_folded, near.id"
    " LIMIT %s OFFSET %s) AS page"
)


class Row(NamedTuple):
    """`facet`: one of FIELD; "person": `value` is a profile's id, `number` how close; "total"."""

    facet: str
    value: str
    label: str
    number: int


def count(
    near: ProfileQuerySet, chosen: Mapping[str, str], *, first: int, most: int, facets: bool
) -> list[Row]:
    """Of `near` (`visible_to`) those who fit from `first` on, how many they are, and each facet under the others.

    A field that is hidden from the reader neither counts nor fits. One query; none for whoever has no directory.
    """
    statement = everything(near, chosen, first=first, most=most, facets=facets)
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return [Row(*row) for row in cursor.fetchall()]


def everything(
    near: ProfileQuerySet, chosen: Mapping[str, str], *, first: int, most: int, facets: bool
) -> tuple[str, list[Any]] | None:
    """The statement and its parameters; None where nobody can be found."""
    try:
        sql, given = near.order_by().values(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return None
    parts, params = [], list(given)
    for facet, counted in _COUNTED.items() if facets else ():
        fits, values = _fits({**chosen, facet: ""}, also=FIELD[facet])
        before, behind = _own(facet, chosen)
        parts.append(counted.format(fits=fits))
        params += [*before, *values, *behind]
    fits, values = _fits(chosen)
    parts += [_TOTAL.format(fits=fits), _PEOPLE.format(fits=fits)]
    params += [*values, *values, most, first]
    kept = f"WITH near({', '.join(_COLUMNS)}) AS MATERIALIZED ({sql}) {' UNION ALL '.join(parts)}"
    # Begins as what it is: pages.changes takes any other word for a write, and drops every kept page.
    return f"SELECT * FROM ({kept}) AS directory", params


def _fits(chosen: Mapping[str, str], also: str = "") -> tuple[str, list[Any]]:
    """Everything that was chosen holds, and may be read; `also` may be read too."""
    asked = {facet: value for facet, value in chosen.items() if value}
    conditions = [f"{_readable(FIELD[facet])} AND {_HAS[facet]}" for facet in asked]
    conditions += [_readable(also)] if also else []
    return " AND ".join(conditions) or "1 = 1", list(asked.values())


def _own(facet: str, chosen: Mapping[str, str]) -> tuple[list[Any], list[Any]]:
    before = [get_language() or "en"] if facet == "theme" else []
    return list(before), [chosen.get("organisation", "")] if facet == "organisation" else []


def _readable(field: str) -> str:
    """`audiences.readable`, on what was kept aside."""
    return f"near.{field}_for >= near.closeness"
