from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communities.models import Membership, Space
from communities.roles import JoinPolicy, Visibility
from communities.shapes import TEMPLATES, WAYS_FIT
from communities.submissions import KeyedForm


class WordsField(forms.CharField):
    """No `maxlength` in the page: a browser would cut a pasted text short without a word."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        too_long = _("This is too long: %(show_value)d characters. At most %(limit_value)d are possible.")
        super().__init__(validators=[MaxLengthValidator(longest, too_long)], **kwargs)

    def to_python(self, value: Any) -> str:
        """Browsers send two characters for each end of a line."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class JoinRequestForm(forms.Form):
    """A field for each of the space's questions, to be answered all; without questions a few words, or none."""

    def __init__(self, *args: Any, questions: Sequence[str] = (), language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.language = questions, language
        for number, question in enumerate(questions):
            label = format_html('<span lang="{}" dir="auto">{}</span>', language, question)
            self.fields[f"answer_{number}"] = self._words(label, required=True)
        if not questions:
            self.fields["text"] = self._words(_("A few words to the facilitators"), required=False)

    def _words(self, label: Any, *, required: bool) -> forms.Field:
        area = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
        return WordsField(2000, label=label, required=required, widget=area)

    def answers(self) -> list[tuple[str, str, str]]:
        """(question, language of the question, answer)"""
        given = [self.cleaned_data[f"answer_{number}"] for number in range(len(self.questions))]
        return [(question, self.language, said) for question, said in zip(self.questions, given, strict=True)]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class OptionalReasonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class FacilitatorForm(forms.Form):
    """Names a person by their address: staff know addresses, and picking from a list would show everybody."""

    email = forms.EmailField(label=_("E-mail address of the facilitator"), widget=forms.EmailInput)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        found = get_user_model().objects.filter(email=email, is_active=True, is_approved=True).first()
        if found is None:
            raise ValidationError(_("No approved account has this address."))
        self.person = found
        return email


class HeirForm(FacilitatorForm):
    """For a space that lost its facilitator: one of those who are in it already."""

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space

    def clean_email(self) -> str:
        email = super().clean_email()
        inside = Membership.objects.filter(space=self.space)
        if inside.exists() and not inside.filter(user=self.person).exists():
            raise ValidationError(_("This person is not in the space."))
        return email


class SpaceForm(KeyedForm, FacilitatorForm):
    """What staff need to create a space; its facilitators write the rest."""

    makes = "space"

    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(label=_("Purpose"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    visibility = forms.ChoiceField(
        label=_("Visibility"), choices=Visibility.choices, initial=Visibility.CLOSED
    )
    join_policy = forms.ChoiceField(
        label=_("How to join"), choices=JoinPolicy.choices, initial=JoinPolicy.REQUEST
    )
    template = forms.ChoiceField(
        label=_("Template"),
        choices=[(name, template.title) for name, template in TEMPLATES.items()],
        required=False,
        help_text=_(
            "Gives its kind, its rooms and its first texts. Its facilitators change all of it later."
        ),
    )
    field_order = ["key", "template", "name", "purpose", "language", "visibility", "join_policy", "email"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fits = WAYS_FIT.get(data.get("visibility", ""), tuple(JoinPolicy))
        if data.get("join_policy") and data["join_policy"] not in fits:
            self.add_error("join_policy", _("This way of joining does not go with that visibility."))
        return data
