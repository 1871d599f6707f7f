"""Small forms of those who run a space: a right for one person, with an end."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.leaving import RIGHTS

LONGEST: Final = timedelta(days=366)


class GrantForm(forms.Form):
    """A person is named by the address of their page: whoever may see it can copy it, and nobody guesses one."""

    page = forms.CharField(
        label=gettext_lazy("Address of the person’s page"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Open their page on this site and copy its address here."),
    )
    right = forms.ChoiceField(
        label=gettext_lazy("Right"), choices=list(RIGHTS.items()), widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=gettext_lazy("Until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Kept in the record of this space."),
    )

    def clean_page(self) -> str:
        public_id = self.cleaned_data["page"].partition("?")[0].rstrip("/").rpartition("/")[2]
        people = get_user_model().objects.filter(is_active=True, is_approved=True)
        found = people.filter(public_id=public_id[:40]).first()
        if found is None:
            raise ValidationError(_("No member of the network has a page at this address."))
        self.person = found
        return public_id

    def clean_until(self) -> datetime:
        """The last moment of that day, by the clock of whoever gives it."""
        day = self.cleaned_data["until"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise ValidationError(_("Choose a day between today and one year from now."))
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
