"""How allauth speaks for us: mails in the recipient's language, a profile for every account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from communities.invitations import coming
from profiles.sessions import keeping

if TYPE_CHECKING:
    from profiles.models import User

# RFC 5321, 4.5.3.1.3: characters of a path, without its brackets.
LONGEST_ADDRESS: Final = 254
LINKS: Final = ("activate_url", "password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        from profiles.entrance import invitations

        if settings.SIGN_UP != "invitation" or invitations.carried(request) is not None:
            return True
        return coming.carried_address(request) is not None

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Passkeys and codes come by here without asking the backend: the same answer as to a wrong password."""
        from profiles.backends import may_sign_in

        if may_sign_in(user):
            return super().pre_login(request, user, **kwargs)
        clear_login(request)
        messages.error(request, self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """In our own words for the three ways."""
        words = {
            "reauthenticate": _("With my password"),
            "mfa_reauthenticate": _("With a code"),
            "mfa_reauthenticate:webauthn": _("With my passkey"),
        }
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": words.get(way["id"], way["description"])} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whom it goes to, links included; the page's where nobody is known."""
        language = _language_of(email, context) or get_language() or "en"
        links = {name: translate_url(context[name], language) for name in LINKS if context.get(name)}
        with override(language):
            super().send_mail(template_prefix, email, {**context, **links})

    def render_mail(
        self, template_prefix: str, email: str, context: Any, headers: Any = None
    ) -> EmailMessage:
        """allauth's text, and the same words as HTML with their language and direction."""
        from profiles.entrance.letters import add_page

        message = super().render_mail(
            template_prefix, email, context, {"Auto-Submitted": "auto-generated", **(headers or {})}
        )
        add_page(message)
        return message

    def clean_email(self, email: str) -> str:
        """What no column holds is refused here; allauth's fields have no limit of their own."""
        cleaned: str = super().clean_email(email)
        if len(cleaned) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is too long."), code="max_length")
        return cleaned

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whichever way one came in: to the form one had written when the session ended, if there is one."""
        if keeping.row_of(request) is not None:
            return reverse("account_sessions:kept")
        if coming.carried(request) is not None:
            return reverse("communities:invited")
        return str(super().get_login_redirect_url(request))

    def send_account_already_exists_mail(self, email: str) -> None:
        """The work of making an account is done too: the time must not tell that there is one."""
        make_password(get_random_string(16))
        super().send_account_already_exists_mail(email)

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        from profiles.models import Profile

        user.display_name = form.cleaned_data["display_name"]
        user.language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            Profile.objects.get_or_create(user=saved)
        return saved


def _language_of(email: str, context: dict[str, Any]) -> str | None:
    """Some of allauth's mails come with the person, some with the address alone."""
    from profiles.models import User

    person = context.get("user") or User.objects.filter(email=email.lower()).only("language").first()
    return getattr(person, "language", None)
