"""What is voted on, as part of a new topic and by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms import WordsField
from forum.polling import FEWEST_OPTIONS, LONGEST_OPTION, MOST_OPTIONS, Draft

# Beyond this a year is a typing mistake.
LONGEST_VOTE: Final = timedelta(days=366)


class MomentInput(forms.DateTimeInput):
    """By the reader's clock; a browser that knows no such field shows how to write it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"placeholder": "2027-01-31T15:00"}, format="%Y-%m-%dT%H:%M")


class OptionsField(WordsField):
    """Not called optional, as it is none for a decision; whether it is one is the form's to know."""

    def validate(self, value: str) -> None:
        pass


class PollFields(forms.Form):
    """Asked in one form with the topic: with a script or without, nothing typed is lost on the way."""

    options = OptionsField(
        MOST_OPTIONS * (LONGEST_OPTION + 1) * 2,
        label=gettext_lazy("Options, one in each line"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Two to ten lines. They can be changed until somebody has voted."),
    )
    most = forms.IntegerField(
        label=gettext_lazy("How many each person may choose"),
        min_value=1,
        max_value=MOST_OPTIONS,
        initial=1,
        required=False,
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("The vote ends"),
        required=False,
        widget=MomentInput,
        help_text=gettext_lazy("By your clock. Without an end, you or a moderator close it."),
        error_messages={"invalid": gettext_lazy("Please give day and hour, as in 2027-01-31T15:00.")},
    )
    results_at_end = forms.BooleanField(
        label=gettext_lazy("Show the numbers only when the vote is over"), required=False
    )

    @property
    def is_wanted(self) -> bool:
        return True

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        lines = [line for line in lines if line]
        if self.is_wanted:
            _check(lines)
        return lines

    def clean_closes_at(self) -> Any:
        moment = self.cleaned_data["closes_at"]
        if moment is None or not self.is_wanted:
            return None
        if moment <= timezone.now():
            raise ValidationError(_("This moment is over already. Please choose a later one."))
        if moment > timezone.now() + LONGEST_VOTE:
            raise ValidationError(_("Please check the year."))
        return moment

    def clean_most(self) -> int:
        return self.cleaned_data["most"] or 1

    def draft(self) -> Draft:
        names = ("options", "most", "closes_at", "results_at_end")
        return Draft(**{name: self.cleaned_data[name] for name in names})


def _check(lines: list[str]) -> None:
    if not FEWEST_OPTIONS <= len(lines) <= MOST_OPTIONS:
        raise ValidationError(_("Give at least two options and at most ten, each in a line of its own."))
    if len({line.casefold() for line in lines}) < len(lines):
        raise ValidationError(_("Two lines say the same."))
    if any(len(line) > LONGEST_OPTION for line in lines):
        words = ngettext(
            "A line has %(count)d character at most.",
            "A line has %(count)d characters at most.",
            LONGEST_OPTION,
        )
        raise ValidationError(words % {"count": LONGEST_OPTION})
