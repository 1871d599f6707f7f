"""Which forms are counted, and by what. In front of the views, allauth's own limits are off: they live in the cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from profiles.sessions.addresses import folded, network
from profiles.sessions.counting import Bucket, Rate
from profiles.sessions.devices import Device

if TYPE_CHECKING:
    from profiles.models import User


@dataclass(frozen=True, slots=True)
class Guard:
    """`field` holds the address that was typed. `failures_only`: whoever gets it right gives the try back."""

    action: str
    field: str = ""
    failures_only: bool = False


# View -> how it is counted; the numbers are settings.LIMITS.
GUARDS: Final[dict[str, Guard]] = {
    "account_login": Guard("sign_in", "login", failures_only=True),
    "account_signup": Guard("sign_up", "email"),
    "account_reset_password": Guard("reset", "email"),
    "account_reset_password_from_key": Guard("link"),
    "account_request_login_code": Guard("code", "email"),
    "account_confirm_login_code": Guard("second_factor", failures_only=True),
    "account_email_verification_sent": Guard("second_factor", failures_only=True),
    "account_email": Guard("address", "email"),
    "account_change_password": Guard("proof", failures_only=True),
    "account_reauthenticate": Guard("proof", failures_only=True),
    "mfa_reauthenticate": Guard("proof", failures_only=True),
    "mfa_authenticate": Guard("second_factor", failures_only=True),
    "mfa_login_webauthn": Guard("passkey", failures_only=True),
}


def guard(view_name: str, by: Guard) -> None:
    """For rooms with doors of their own (an invitation), in their `AppConfig.ready()`."""
    GUARDS[view_name] = by


@dataclass(slots=True)
class Tries:
    """The buckets of one request."""

    guard: Guard
    buckets: list[Bucket] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, by: Guard) -> Tries:
        return cls(by, list(_buckets(request, by)))

    def wait(self) -> int:
        """Counts this try in every bucket; the seconds to wait when one is full, else 0."""
        return max((bucket.take() for bucket in self.buckets), default=0)

    def settle(self, response: HttpResponseBase) -> None:
        """allauth leads on when something was right, and shows the form again when it was not."""
        if self.guard.failures_only and response.status_code == 302:
            for bucket in self.buckets:
                bucket.give_back()


def _buckets(request: HttpRequest, by: Guard) -> list[Bucket]:
    """A device that has signed in to this very account counts for itself alone: others cannot fill its bucket."""
    typed = request.POST.get(by.field, "")[:320] if by.field else ""
    whose = _account(request)
    device = Device.of(request)
    if device.knows(typed or whose):
        return _made(by.action, own=f"{device.name} {folded(typed or whose)}")
    return _made(
        by.action,
        network=network(client_ip(request)),
        address=folded(typed) if typed else "",
        account=folded(whose) if whose else "",
    )


def _made(action: str, **values: str) -> list[Bucket]:
    rates = settings.LIMITS.get(action, {})
    return [
        Bucket(action, kind, value, Rate.of(rates[kind]))
        for kind, value in values.items()
        if value and kind in rates
    ]


def _account(request: HttpRequest) -> str:
    """The address of who is signed in or half-way in. Also where nobody has that address and a code is waited for
    in vain: what is counted must not tell.
    """
    if request.user.is_authenticated:
        return request.user.email or ""
    login = unstash_login(request, peek=True) if "account_login" in request.session else None
    if login is None:
        return ""
    return str(login.email or (login.user and login.user.email) or "")


def client_ip(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def unlock(request: HttpRequest, user: User) -> None:
    """A reset by mail proves whose account it is: what others tried on its address no longer counts."""
    for bucket in _made("sign_in", address=folded(user.email or "")):
        bucket.clear()
