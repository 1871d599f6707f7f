"""One form field per language for texts that one column keeps as {"fr": {"name": "…"}}: nothing to add or order."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

LANGUAGES: Final = dict(settings.LANGUAGES)
# name of the text -> label, longest, on several lines
TEXTS: Final[dict[str, tuple[Any, int, bool]]] = {
    "name": (_("Name of the site"), 60, False),
    "about": (_("One sentence in the footer"), 200, True),
    "contact": (_("How to reach us"), 300, True),
}


def field_name(text: str, language: str) -> str:
    return f"{text}_{language}"


def _written_in(language: str, several_lines: bool) -> forms.Widget:
    attrs = {"lang": language, "dir": "rtl" if get_language_info(language)["bidi"] else "ltr"}
    return forms.Textarea({**attrs, "rows": 2}) if several_lines else forms.TextInput(attrs)


def form_fields() -> dict[str, forms.Field]:
    return {
        field_name(text, code): forms.CharField(
            label=label, required=False, max_length=longest, widget=_written_in(code, several)
        )
        for code in LANGUAGES
        for text, (label, longest, several) in TEXTS.items()
    }


def panels() -> list[MultiFieldPanel]:
    """A group per language under its own name."""
    return [
        MultiFieldPanel([FieldPanel(field_name(text, code)) for text in TEXTS], heading=name)
        for code, name in LANGUAGES.items()
    ]


class WordsForm(WagtailAdminModelForm):
    """Reads and writes the model's `words`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, texts in self.instance.words.items():
            for text, value in texts.items():
                if field_name(text, code) in self.fields:
                    self.initial[field_name(text, code)] = value

    def save(self, commit: bool = True) -> Any:
        self.instance.words = {
            code: {text: self.cleaned_data[field_name(text, code)] for text in TEXTS} for code in LANGUAGES
        }
        return super().save(commit)


# Fields as a class statement would declare them: panels look for them before any form is made.
_metaclass: Any = type(WordsForm)
SettingsForm = _metaclass("SettingsForm", (WordsForm,), form_fields())
