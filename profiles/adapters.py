"""How allauth speaks for us: mails in the recipient's language, one way in, newcomers told that they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

if TYPE_CHECKING:
    from profiles.models import User


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whom it goes to; the page's where nobody is known behind the address."""
        user = context.get("user")
        with override(getattr(user, "language", None) or get_language()):
            super().send_mail(template_prefix, email, context)

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        from profiles.models import Profile

        user.display_name = form.cleaned_data["display_name"]
        user.language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            Profile.objects.get_or_create(user=saved)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """A newcomer has no feed yet, but something to know and something to do."""
        if request.user.is_authenticated and not request.user.is_approved:
            return reverse("profiles:waiting")
        url: str = super().get_login_redirect_url(request)
        return url
