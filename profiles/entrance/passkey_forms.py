"""allauth's passkey forms, which let some of what a hand-made request can hold end in a fault of the server."""

from __future__ import annotations

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature

NONSENSE: Final = (AttributeError, LookupError, TypeError, ValueError, InvalidSignature, struct.error)


class _ReadsCarefully:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense


class LoginForm(_ReadsCarefully, allauth_forms.LoginWebAuthnForm):
    pass


class AuthenticateForm(_ReadsCarefully, allauth_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(_ReadsCarefully, allauth_forms.ReauthenticateWebAuthnForm):
    pass


class AddForm(allauth_forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense
        return cleaned
