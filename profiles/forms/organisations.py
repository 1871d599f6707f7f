from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from communities.submissions import KeyedForm
from profiles.models import Organisation
from profiles.organisations import same_name
from profiles.search import folded


class WordsForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=200, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "—"), *countries]

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if not folded(name):
            raise forms.ValidationError(_("A name needs letters."))
        return name


class ProposalForm(KeyedForm, WordsForm):
    makes = "organisation"


class ChangeForm(WordsForm):
    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.organisation = organisation
        there = {name: getattr(organisation, name) for name in ("name", "country", "website")}
        super().__init__(*args, initial=there, **kwargs)

    def clean_name(self) -> str:
        name = super().clean_name()
        other = same_name(name)
        if other is not None and other.pk != self.organisation.pk:
            raise forms.ValidationError(_("Another one is called so. Make the two one instead."))
        return name


class MergeForm(forms.Form):
    into = forms.CharField(
        label=gettext_lazy("Name of the one that stays"),
        max_length=120,
        help_text=gettext_lazy("Its people go over to it, and this one goes."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_into(self) -> Organisation:
        other = Organisation.objects.approved().filter(name_folded=folded(self.cleaned_data["into"]))
        found = other.exclude(pk=self.organisation.pk).first()
        if found is None:
            raise forms.ValidationError(_("No other approved organisation is called so."))
        return found
