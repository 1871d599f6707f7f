"""Rows of one's own page: ways of contact, and sections of one's own."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from profiles.models import ContactWay, Section

# Whatever else an address may begin with (javascript:, data:, ftp:) leads nowhere good.
web_address: Final = URLValidator(schemes=["http", "https"], message=_("An address begins with https://"))
NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()./-]{3,30}")


class WebAddressField(forms.CharField):
    """http(s) and nothing else; who leaves that away means https."""

    default_validators = [web_address]
    widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return with_scheme(super().to_python(value) or "")


def with_scheme(address: str) -> str:
    return address if not address or "://" in address else f"https://{address}"


class ContactWayForm(forms.ModelForm[ContactWay]):
    class Meta:
        model = ContactWay
        fields = ["kind", "value", "audience"]
        labels = {"audience": _("Who can read it")}
        widgets = {"value": forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            try:
                cleaned["value"] = _checked(kind, value)
            except forms.ValidationError as mistake:
                self.add_error("value", mistake)
        return cleaned


def _checked(kind: str, value: str) -> str:
    """As it is kept. Raises ValidationError."""
    if kind == ContactWay.Kind.EMAIL:
        validate_email(value)
    elif kind == ContactWay.Kind.WEBSITE:
        value = with_scheme(value)
        web_address(value)
    elif kind == ContactWay.Kind.PHONE:
        value = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in value)
        if not NUMBER.fullmatch(value):
            raise forms.ValidationError(_("A number is made of digits, with + and spaces if you like."))
    return value


class SectionForm(forms.ModelForm[Section]):
    """A text or a link. The kind stands on the instance."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[*settings.LANGUAGES, ("", _("Another language"))]
    )

    class Meta:
        model = Section
        fields = ["title", "text", "url", "language", "audience"]
        labels = {"audience": _("Who can read it")}
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-markdown": ""}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == Section.Kind.LINK:
            del self.fields["text"]
            self.fields["url"] = WebAddressField(label=_("Address"), max_length=300)
        else:
            del self.fields["url"]
            self.fields["text"].required = True
        self.fields["title"].required = True
