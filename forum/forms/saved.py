"""A note beside a post that one keeps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from communities.forms import WordsField
from forum.talking.models import LONGEST_NOTE


class SavedForm(forms.Form):
    note = WordsField(
        LONGEST_NOTE,
        label=gettext_lazy("Note for yourself"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nobody else reads it. It goes when you leave the space."),
    )
