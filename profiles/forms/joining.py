from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from profiles.models import User


class SignupForm(AllauthSignupForm):
    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        help_text=_("How others see you. A pseudonym is welcome."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    field_order = ["display_name", "email", "password1"]

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Staff hear of it when the address is confirmed (`profiles.joining`), not before."""
