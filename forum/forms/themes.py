"""The themes of a topic: those of its space first, three at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from themes.models import Theme

if TYPE_CHECKING:
    from communities.models import Space

MOST_THEMES: Final = 3


class ThemesField(forms.TypedMultipleChoiceField):
    """Gives ids. Its choices come from `offer_themes`."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Themes"),
            required=False,
            coerce=int,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
            help_text=_("Whoever follows one of them finds your topic. Three at most."),
        )

    def clean(self, value: Any) -> list[int]:
        chosen: list[int] = super().clean(value)
        if len(chosen) > MOST_THEMES:
            words = ngettext("At most %(count)d theme.", "At most %(count)d themes.", MOST_THEMES)
            raise ValidationError(words % {"count": MOST_THEMES})
        return chosen


def offer_themes(field: forms.Field, space: Space) -> None:
    own = set(space.themes.values_list("pk", flat=True))
    known = sorted(Theme.objects.with_names(), key=lambda theme: (theme.pk not in own, theme.name.casefold()))
    field.choices = [(theme.pk, theme.name) for theme in known]  # type: ignore[attr-defined]
