"""A theme as an editor fills it in: one field per language, none of them required for itself."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from themes.models import ThemeName

LANGUAGES: Final = dict(settings.LANGUAGES)
LONGEST: Final = ThemeName._meta.get_field("name").max_length


def field_name(language: str) -> str:
    return f"name_{language}"


def _field(language: str, label: str) -> forms.CharField:
    attrs = {"lang": language, "dir": "rtl" if get_language_info(language)["bidi"] else "ltr"}
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.TextInput(attrs=attrs)
    )


def panels() -> list[FieldPanel]:
    return [FieldPanel(field_name(code)) for code in LANGUAGES]


class NamesForm(WagtailAdminModelForm):
    """Reads and writes the rows of `names`; those of a language that is switched off stay as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, ThemeName] = (
            {row.language: row for row in self.instance.names.all()} if self.instance.pk else {}
        )
        for code in LANGUAGES.keys() & self.rows.keys():
            self.initial[field_name(code)] = self.rows[code].name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        fields = [field_name(code) for code in LANGUAGES]
        if not any(cleaned.get(field) for field in fields) and not any(
            field in self.errors for field in fields
        ):
            self.add_error(fields[0], ValidationError(_("A theme needs a name in at least one language.")))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Rows go with the theme itself (modelcluster), in the view's transaction."""
        for code in LANGUAGES:
            self._write(code, self.cleaned_data[field_name(code)])
        self.instance.names.set(list(self.rows.values()))
        return super().save(commit)

    def _write(self, code: str, name: str) -> None:
        if not name:
            self.rows.pop(code, None)
        elif code in self.rows:
            self.rows[code].name = name
        else:
            self.rows[code] = ThemeName(language=code, name=name)


# Fields as a class statement would declare them: panels look for them before any form is made.
_metaclass: Any = type(NamesForm)
ThemeForm = _metaclass(
    "ThemeForm", (NamesForm,), {field_name(code): _field(code, label) for code, label in LANGUAGES.items()}
)
