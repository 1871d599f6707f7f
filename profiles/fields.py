"""A name that outlives its person; who reads a field."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.audiences import Audience

FORMER = _("Former member")


class NameField(models.CharField[Any, Any]):
    """An emptied person's name is stored as "" and read as "Former member", in the reader's language.

    So no template, mail or subquery has to know that people can be gone. A null (no person) stays null.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return FORMER if value == "" else value

    def get_prep_value(self, value: Any) -> Any:
        return "" if isinstance(value, Promise) else super().get_prep_value(value)


class AudienceField(models.PositiveSmallIntegerField):
    """Who reads a field: a number that SQL can compare (`audiences.closeness_to`)."""

    def __init__(self, default: Audience | int = Audience.ME, **kwargs: object) -> None:
        kwargs.setdefault("choices", Audience.choices)
        super().__init__(default=int(default), **kwargs)  # type: ignore[arg-type]
