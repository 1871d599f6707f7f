"""What becomes of everything that leads to a person: nothing is forgotten, and what is declared happens."""

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from communities.fates import End, fates
from profiles.leaving import exporting
from profiles.models import Profile

HOW = """Declare it in `leaving` of the room that holds it (FATES, see communities/fates.py):
    "{0}": Fate(End.DELETED, "the part of the export that shows it"),
and show it there (`parts`), or say `because` it is not shown or not deleted."""
# Names of columns that could say who somebody is, or lead to their device.
NAMING = re.compile(
    r"e?mail|user_?name|(display|public|author|real|full|first|last|nick)_name|\bip\b|ip_address|user_agent|"
    r"session_key|phone|\bwho\b|nickname|signature"
)
PEOPLE = (get_user_model(), Profile)


def columns() -> dict[str, models.Field]:
    """Every column of every table, packages' included, that leads to a person or could name one."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if leads_to_a_person(field)
    }


def leads_to_a_person(field) -> bool:
    if field.is_relation:
        return field.related_model in PEOPLE
    if isinstance(field, models.EmailField | models.GenericIPAddressField):
        return True
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and bool(NAMING.fullmatch(field.name) or NAMING.search(field.name))


def test_every_column_that_leads_to_a_person_is_declared():
    missing = sorted(columns().keys() - fates.keys())
    assert not missing, HOW.format(missing[0]) + "\n\nNot declared: " + ", ".join(missing)


def test_every_declaration_has_a_column():
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
    }
    assert sorted(fates.keys() - known) == []


def test_every_declaration_names_a_part_or_says_why_not(member):
    parts = {part.name for part in exporting.parts_of(member)}
    assert len(parts) == len(list(exporting.parts_of(member)))
    assert {column: fate.part for column, fate in fates.items() if fate.part and fate.part not in parts} == {}
    unexplained = {
        column
        for column, fate in fates.items()
        if not fate.because and (not fate.part or fate.end in (End.KEPT, End.APART))
    }
    assert unexplained == set()


def test_column_that_cannot_be_empty_is_not_declared_as_unset():
    wrong = [
        column
        for column, field in columns().items()
        if fates.get(column) and fates[column].end == End.UNSET and field.is_relation and not field.null
    ]
    assert wrong == []
