"""The only way a password becomes a session, and the question every later request of a session asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from communities.prepared import Prepared

if TYPE_CHECKING:
    from profiles.models import User

# And every host below it.
DEMO_HOST: Final = "demo.example"


class AccountBackend(AuthenticationBackend):
    """allauth's, without its word to those who may not come in.

    A suspended account, one that is not there and a demo account outside DEBUG get the same "not correct":
    allauth would keep the person of a right password aside and lead them to "this account is inactive".
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user if user is not None and may_sign_in(user) else None

    def get_user(self, user_id: Any) -> User | None:
        """Every request: who was suspended since the last one is a visitor from here on."""
        user = _USER.first(user_id=int(user_id))
        return user if user is not None and may_sign_in(user) else None


_USER: Final = Prepared(lambda user_id: get_user_model().objects.filter(pk=user_id))


def may_sign_in(user: User) -> bool:
    """Demo accounts share a password that the README prints; they work with DEBUG alone."""
    if not (user.email and user.is_active):
        return False
    host = user.email.lower().rpartition("@")[2]
    return settings.DEMO_ACCOUNTS or not f".{host}".endswith(f".{DEMO_HOST}")
