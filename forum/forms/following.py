"""What one wants to hear of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.following import Level


def _level(value: str) -> int | None:
    return int(value) if value else None


class FollowingForm(forms.Form):
    level = forms.TypedChoiceField(
        label=gettext_lazy("What do you want to hear of?"),
        coerce=_level,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, of_topic: bool, level: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = (
            _("As in the whole space") if of_topic else _("As usual: answers where I wrote, announcements")
        )
        levels = [choice for choice in Level.choices if not of_topic or choice[0] != Level.TOPICS]
        self.fields["level"].choices = [("", usual), *reversed(levels)]  # type: ignore[attr-defined]
        self.initial["level"] = "" if level is None else level
