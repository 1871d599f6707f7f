from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.forms import WordsField
from communities.submissions import KeyedForm
from profiles.ties import has_asked_enough

LONGEST = 1000


def _words(label: Any, rows: int, help_text: Any = "") -> WordsField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return WordsField(LONGEST, label=label, help_text=help_text, widget=widget)


class ContactForm(KeyedForm):
    makes = "contact request"
    text = _words(
        gettext_lazy("Your message"),
        6,
        gettext_lazy("Who you are and what it is about. At most 1000 characters; no address goes along."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)
    field_order = ["text", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["language"] = get_language()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("key") and has_asked_enough(self.by):  # type: ignore[arg-type]
            raise forms.ValidationError(
                _("You have asked ten people within a day. Please wait until tomorrow with the next."),
                code="enough",
            )
        return data


class AnswerForm(forms.Form):
    text = _words(gettext_lazy("Your answer"), 5, gettext_lazy("At most 1000 characters."))
