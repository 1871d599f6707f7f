"""The only way a password becomes a session."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from profiles.models import User

DEMO_HOST = "@demo.example"


class AccountBackend(AuthenticationBackend):
    """allauth's, and: the demo world's accounts, whose password everybody knows, work only with DEBUG."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        return user if user is not None and may_sign_in(user) else None

    def get_user(self, user_id: Any) -> User | None:
        user = super().get_user(user_id)
        return user if user is not None and may_sign_in(user) else None


def may_sign_in(user: Any) -> bool:
    is_demo = (user.email or "").lower().endswith(DEMO_HOST)
    return bool(user.email) and (settings.DEMO_ACCOUNTS or not is_demo)
