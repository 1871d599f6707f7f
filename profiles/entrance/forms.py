from __future__ import annotations

from typing import Any, Final

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core import context
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.forms import WordsField
from communities.invitations import coming
from communities.submissions import KeyedForm
from profiles.entrance import charter, invitations
from profiles.entrance.passwords import OwnWordsValidator
from profiles.joining import tell_staff
from profiles.models import User

LONGEST_TEXT: Final = 20_000


def _agreement() -> str:
    link = format_html('<a href="{}" target="_blank">{}</a>', reverse("entrance:charter"), _("the charter"))
    return format_html(str(_("I have read {charter} and keep to it.")), charter=link)


class PasswordWords:
    """One line of advice instead of a list of rules; what is wrong with a password is said when it is."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 12 characters. Best are a few words that nobody else would put together."
        )


class ChangePasswordForm(PasswordWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PasswordWords, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordKeyForm(PasswordWords, allauth_forms.ResetPasswordKeyForm):
    pass


class SignupForm(PasswordWords, allauth_forms.SignupForm):
    """Bound to the address of the invitation somebody came with; everybody accepts the charter."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        help_text=_("How others see you. A pseudonym is welcome."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    # Its value is the version that was on offer.
    charter = forms.BooleanField(
        label=lazy(_agreement, str)(),
        error_messages={"required": _("Without the charter there is no account.")},
    )
    field_order = ["display_name", "email", "password1", "charter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["charter"].widget.attrs["value"] = str(charter.in_force())
        self.invitation = invitations.carried(context.request)
        # To a space: the address holds as well, the account is approved by staff like any other.
        self.asked_in = None if self.invitation else coming.carried_address(context.request)
        bound = self.invitation or self.asked_in
        if bound is not None:
            self.initial["email"] = bound.email
            self.fields["email"].disabled = True

    def clean(self) -> dict[str, Any]:
        """allauth looks at the password beside the address alone, before there is a person."""
        super().clean()
        password = self.cleaned_data.get("password1")
        if password:
            named = User(email=self.cleaned_data.get("email"))
            named.display_name = self.cleaned_data.get("display_name", "")
            try:
                OwnWordsValidator().validate(password, named)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return self.cleaned_data

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The same form sent twice at once: the second finds the account there, as later ones do."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except (IntegrityError, invitations.NoLongerOpen, coming.NoLongerOpen):
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Staff hear of it when the address is confirmed (`profiles.joining`), not before."""
        charter.accept(user, number=self._version(), language=get_language() or settings.LANGUAGE_CODE)
        if self.invitation is not None:
            invitations.take_up(self.invitation, user)
            # The link came by mail: the address is theirs.
            get_adapter().stash_verified_email(request, self.invitation.email)
        elif self.asked_in is not None:
            coming.accept(self.asked_in, user)
            get_adapter().stash_verified_email(request, self.asked_in.email)
            tell_staff(user)

    def _version(self) -> int:
        given = str(self.data.get(self.add_prefix("charter"), ""))
        return int(given) if given.isdecimal() and len(given) < 9 else charter.in_force()


class InvitationForm(KeyedForm):
    makes = "account-invitation"

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    field_order = ["key", "email", "language"]


class CharterForm(KeyedForm):
    """One text per language of the site, at least one of them."""

    makes = "charter"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            area = forms.Textarea(attrs={"rows": 16, "dir": "auto", "lang": code})
            self.fields[code] = WordsField(LONGEST_TEXT, label=name, required=False, widget=area)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.texts() and not self.errors:
            raise forms.ValidationError(_("Please write the charter in at least one language."))
        return data

    def texts(self) -> dict[str, str]:
        given = {code: self.cleaned_data.get(code, "").strip() for code, _name in settings.LANGUAGES}
        return {code: text for code, text in given.items() if text}
