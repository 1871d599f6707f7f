"""The words of a space in all languages side by side: one form each, sent together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from communities.forms import WordsField
from communities.questions import validate_questions
from communities.submissions import put_in
from communities.wording import FIELDS, Standing, seen, standings

if TYPE_CHECKING:
    from communities.models import Space


class WordingForm(forms.Form):
    """`seen`: what its writer had before their eyes."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False)
    purpose = WordsField(
        300, label=gettext_lazy("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    welcome = WordsField(
        4000, label=gettext_lazy("Welcome"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    rules = WordsField(
        4000, label=gettext_lazy("Rules"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    question = WordsField(
        1500,
        label=gettext_lazy("Questions to whoever asks to join"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line, five at most."),
    )
    still_right = forms.BooleanField(
        label=gettext_lazy("Read again: still right as it stands"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, data: Any, *, standing: Standing, main: str) -> None:
        text = standing.text
        initial = {name: getattr(text, name, "") for name in FIELDS} | {"seen": seen(text)}
        super().__init__(data, prefix=standing.language, initial=initial)
        self.fields["question"].validators.append(validate_questions)
        self.standing, self.is_main = standing, standing.language == main
        self.there: dict[str, str] = {}
        direction = "rtl" if get_language_info(standing.language)["bidi"] else "ltr"
        for name in FIELDS:
            self.fields[name].widget.attrs |= {"lang": standing.language, "dir": direction}
        if not standing.is_older:
            del self.fields["still_right"]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = any(data.get(name) for name in FIELDS)
        if not data.get("name") and "name" not in self.errors and (self.is_main or said):
            self.add_error("name", _("A space needs a name in every language in which it says something."))
        return data

    def now_there(self, standing: Standing) -> None:
        """After somebody else has written: what was typed stays, and a second sending means it."""
        text = standing.text
        self.there = {str(self.fields[name].label): getattr(text, name, "") for name in FIELDS}
        put_in(self, "seen", seen(text))
        self.add_error(
            None,
            ValidationError(
                _(
                    "Somebody else has written here in the meantime. Your words are still in the fields; what "
                    "is saved now stands above them. Save again to put yours in its place."
                )
            ),
        )


def wording_forms(space: Space, data: Any = None) -> list[WordingForm]:
    return [WordingForm(data, standing=each, main=space.language) for each in standings(space)]


def are_valid(forms_: list[WordingForm]) -> bool:
    """Each is asked, so that each says what is wrong."""
    return not [form for form in forms_ if not form.is_valid()]
