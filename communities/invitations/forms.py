from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms import WordsField
from communities.invitations.lists import MOST, Entry, NotText, entries_of, text_of
from communities.submissions import KeyedForm

BIGGEST: Final = 1024 * 1024  # bytes


class InviteForm(KeyedForm):
    """One address or many, pasted or in a file. `entries` after `is_valid()`."""

    makes = "space-invitations"

    addresses = WordsField(
        100_000,
        label=gettext_lazy("E-mail addresses"),
        required=False,
        help_text=gettext_lazy("One on each line, or parted by commas."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a list as a CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("Whoever has an account here gets it in their own."),
    )
    field_order = ["key", "addresses", "file", "language"]
    entries: list[Entry]

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > BIGGEST:
            raise forms.ValidationError(_("This file is too big for a list of addresses: at most 1 MB."))
        try:
            return text_of(given.read())
        except NotText:
            raise forms.ValidationError(
                _("This file is not a list as text. In a spreadsheet, save it as CSV first.")
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.entries = entries_of(data.get("addresses", ""))
        self.entries += entries_of(data.get("file") or "", is_table=True)
        count = len(self.entries)
        if count > MOST:
            raise forms.ValidationError(
                ngettext(
                    "This list has %(count)d line. At most %(most)d at a time: please send it in parts. "
                    "Nothing was sent.",
                    "This list has %(count)d lines. At most %(most)d at a time: please send it in parts. "
                    "Nothing was sent.",
                    count,
                )
                % {"count": count, "most": MOST}
            )
        if not count and not self.errors:
            raise forms.ValidationError(_("Please give at least one address, or a file."))
        return data


class LinkForm(KeyedForm):
    makes = "space-link"

    uses = forms.IntegerField(
        label=gettext_lazy("For how many people"), min_value=1, max_value=200, initial=20
    )
    days = forms.IntegerField(label=gettext_lazy("For how many days"), min_value=1, max_value=60, initial=14)
