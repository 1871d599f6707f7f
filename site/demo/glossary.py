"""The glossary of the demo world. A term is known again by its English wording."""

from __future__ import annotations

from django.db import transaction

from demo.content import Table, tables
from demo.world import World
from pages.models import Term, Wording

LANGUAGES = ("en", "fr", "ar", "nl")


def load(world: World) -> None:
    there = set(Wording.objects.filter(language="en").values_list("words", flat=True))
    rows = tables("glossary", "term")
    for row in world.progress.of(rows, len(rows)):
        if row["en"]["words"] not in there:
            _write(world, row)
            world.progress.made += 1


@transaction.atomic
def _write(world: World, row: Table) -> None:
    term = Term.objects.create(theme=world.themes.get(row.get("theme", "")))
    Wording.objects.bulk_create(Wording(term=term, language=code, **row[code]) for code in LANGUAGES)
