"""Proposing a space, and what staff decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities.forms import FacilitatorForm, WordsField
from communities.shapes import TEMPLATES
from communities.submissions import KeyedForm

TEMPLATE_CHOICES = [(name, template.title) for name, template in TEMPLATES.items()]


class ProposalForm(KeyedForm):
    makes = "space proposal"

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    purpose = WordsField(
        300,
        label=_("Purpose"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What people will do or learn there together."),
    )
    audience = WordsField(
        500, label=_("Who it is for"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages that will be spoken there"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", getattr(self.by, "language", settings.LANGUAGE_CODE))


class AcceptanceForm(FacilitatorForm):
    template = forms.ChoiceField(
        label=_("Template"),
        choices=TEMPLATE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_(
            "Who reads it, how one joins, its rooms and first texts. Its facilitators change all of it later."
        ),
    )
    field_order = ["template", "email"]
