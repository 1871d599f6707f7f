"""A form over a profile in which each field has beside it the choice of who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from profiles.models import Profile

if TYPE_CHECKING:
    Pair = tuple[BoundField, BoundField | None]

SUFFIX = "_for"


class ProfileFieldsForm(forms.ModelForm[Profile]):
    """`Meta.fields` names the columns `<field>_for` too; `beside` those whose field is called otherwise."""

    # Field of the form -> column of its audience, where it is not the field's own name.
    beside: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._audiences():
            # Whoever sends a form without it changes nothing about who reads.
            self.fields[name].required = False
            self.fields[name].label = _("Who can read it")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self._audiences():
            if cleaned.get(name) in ("", None) and name not in self.errors:
                cleaned[name] = getattr(self.instance, name)
        return cleaned

    @property
    def pairs(self) -> dict[str, Pair]:
        """By name of the field, in order: the field, and the choice of its readers where it has one."""
        found: dict[str, Pair] = {}
        for name in self.fields:
            if name not in self._audiences():
                column = self.beside.get(name, f"{name}{SUFFIX}")
                found[name] = (self[name], self[column] if column in self.fields else None)
        return found

    def _audiences(self) -> list[str]:
        return [name for name in self.fields if name.endswith(SUFFIX)]
