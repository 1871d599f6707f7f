"""allauth's forms around the second factor, in our words and prepared for what a hand-made request can hold."""

from __future__ import annotations

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

NONSENSE: Final = (AttributeError, LookupError, TypeError, ValueError, InvalidSignature, struct.error)


class _WithOurWords:
    fields: dict[str, forms.Field]
    label = _("Code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        field.widget.attrs = {"autocomplete": "one-time-code", "dir": "ltr"}


class ActivateAppForm(_WithOurWords, totp_forms.ActivateTOTPForm):
    label = _("Code that the app shows")


class CodeForm(_WithOurWords, code_forms.AuthenticateForm):
    pass


class CodeAgainForm(_WithOurWords, code_forms.ReauthenticateForm):
    pass


class _ReadsCarefully:
    """What is no passkey at all ends in the words of the form, where allauth would fail."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense


class PasskeyLoginForm(_ReadsCarefully, allauth_forms.LoginWebAuthnForm):
    pass


class PasskeyForm(_ReadsCarefully, allauth_forms.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_ReadsCarefully, allauth_forms.ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(allauth_forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense
        return cleaned
