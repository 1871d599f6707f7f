"""All that hangs on one profile, in one statement: its page is read on slow lines, and each query waits.

A UNION of the short tables, taken apart into the rows they are. Where there are many profiles, prefetching
(`with_card`, `with_page`) is the better way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, BooleanField, CharField, F, Model, Value
from django.db.models.functions import Cast, Coalesce

from profiles.models import ContactWay, Pin, ProfileText, Section, SpokenLanguage
from themes.models import Theme, ThemeName

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from profiles.models import Profile

# Columns of the statement and what stands there where a table has nothing of the kind. In this order on both
# databases, and of one type each: PostgreSQL refuses a union of others.
EMPTY: Final[dict[str, Any]] = {
    "table": "",
    "key": 0,
    "sort": "",
    "number": 0,
    "place": 0,
    "off": False,
    "tongue": "",
    "one": "",
    "two": "",
    "three": "",
    "token": "",
}
TYPES: Final = {str: CharField, int: BigIntegerField, bool: BooleanField}
# Table -> column of the statement -> field of the model.
TABLES: Final[dict[str, tuple[type[Model], dict[str, str]]]] = {
    "texts": (ProfileText, {"tongue": "language", "one": "headline", "two": "about", "three": "help_with"}),
    "spoken": (SpokenLanguage, {"sort": "code"}),
    "contact_ways": (
        ContactWay,
        {"sort": "kind", "one": "value", "number": "audience", "place": "position"},
    ),
    "sections": (
        Section,
        {
            "sort": "kind",
            "number": "audience",
            "place": "position",
            "off": "hidden",
            "tongue": "language",
            "one": "title",
            "two": "text",
            "three": "url",
            "token": "public_id",
        },
    ),
    "pins": (Pin, {"sort": "kind", "number": "object_id", "place": "position"}),
}


def gather(profile: Profile) -> Profile:
    """As after prefetching all of it, themes with their names included."""
    found: dict[str, list[Any]] = {name: [] for name in (*TABLES, "expertise")}
    themes: dict[int, Theme] = {}
    for row in _statement(profile):
        values = dict(zip(EMPTY, row, strict=True))
        if values["table"] == "expertise":
            theme = themes.setdefault(values["key"], Theme(pk=values["key"], slug=values["sort"]))
            if values["tongue"]:
                theme.__dict__.setdefault("names_found", []).append(
                    ThemeName(theme_id=theme.pk, language=values["tongue"], name=values["one"])
                )
            continue
        model, columns = TABLES[values["table"]]
        fields = {field: values[column] for column, field in columns.items()}
        found[values["table"]].append(_instance(model, profile, values["key"], fields))
    found["expertise"] = [_named(theme) for theme in sorted(themes.values(), key=lambda theme: theme.slug)]
    for name in ("contact_ways", "sections", "pins"):
        found[name].sort(key=lambda row: (row.position, row.pk))
    for name in ("texts", "spoken"):
        found[name].sort(key=lambda row: row.pk)
    for name, rows in found.items():
        _keep(profile, name, rows)
    return profile


def _statement(profile: Profile) -> QuerySet[Any, tuple[Any, ...]]:
    parts = [
        _part(getattr(profile, name).order_by(), name, columns) for name, (_model, columns) in TABLES.items()
    ]
    themes = {"sort": "slug", "tongue": "names__language", "one": "names__name"}
    return parts[0].union(*parts[1:], _part(profile.expertise.order_by(), "expertise", themes), all=True)


def _part(rows: QuerySet[Any], name: str, columns: dict[str, str]) -> QuerySet[Any, tuple[Any, ...]]:
    said = {**columns, "key": "pk"}
    values = {
        column: Coalesce(Cast(F(said[column]), _type(empty)), Value(empty, _type(empty)))
        if column in said
        else Value(name if column == "table" else empty, output_field=_type(empty))
        for column, empty in EMPTY.items()
    }
    return rows.annotate(**{f"_{column}": value for column, value in values.items()}).values_list(
        *(f"_{column}" for column in EMPTY)
    )


def _type(empty: Any) -> Any:
    return TYPES[type(empty)]()


def _instance(model: type[Model], profile: Profile, key: int, fields: dict[str, Any]) -> Model:
    row = model(pk=key, profile=profile, **fields)
    row._state.adding, row._state.db = False, profile._state.db
    return row


def _named(theme: Theme) -> Theme:
    theme._state.adding = False
    # modelcluster's way to hand children to a parent: `theme.name` then asks nothing.
    theme.names = theme.__dict__.pop("names_found", [])
    return theme


def _keep(profile: Profile, name: str, rows: list[Any]) -> None:
    """Where Django's own prefetching keeps them."""
    kept = getattr(profile, name).get_queryset()
    kept._result_cache, kept._prefetch_done = rows, True
    profile.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
