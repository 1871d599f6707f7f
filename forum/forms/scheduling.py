"""When a draft is to be published by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FURTHEST: Final = timedelta(days=366)


class HourForm(forms.Form):
    """In the reader's own time zone; empty for no hour."""

    at = forms.DateTimeField(
        required=False, error_messages={"invalid": gettext_lazy("Choose a day and an hour.")}
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and not timezone.now() < at < timezone.now() + FURTHEST:
            raise ValidationError(_("Choose an hour that is to come, within a year."))
        return at
