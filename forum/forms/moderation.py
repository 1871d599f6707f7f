"""A report to those who look after a space, and their words to one of its people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from communities.forms import WordsField
from forum.models import Report


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = WordsField(
        500,
        label=gettext_lazy("In your words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only those who look after this space read this. Nothing says who reported it."
        ),
    )


class NoticeForm(forms.Form):
    """Words from the space to one of its people."""

    words = WordsField(
        500,
        label=gettext_lazy("Words from the space"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("It comes from the space, not from you, and it cannot be answered."),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )
