from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ErasureForm(forms.Form):
    words = forms.ChoiceField(
        label=_("What becomes of what you wrote?"),
        choices=[
            ("stay", _("It stays, by a “former member”. Nobody can tell that it was you.")),
            ("go", _("It goes: texts, pictures and comments are replaced by “removed by its author”.")),
        ],
        widget=forms.RadioSelect,
        help_text=_("The answers of others and the titles of topics stay in any case."),
        error_messages={"required": _("Please choose one.")},
    )
    sure = forms.BooleanField(
        label=_("I know that after seven days nobody can bring my account back."),
        error_messages={"required": _("Please confirm this as well.")},
    )

    @property
    def words_too(self) -> bool:
        return bool(self.cleaned_data["words"] == "go")
