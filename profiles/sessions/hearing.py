"""The door hears allauth here: signing in, and what ends every other session."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions import signals as usersessions
from django.contrib.auth.signals import user_logged_in, user_logged_out

from communities import hooks
from profiles.sessions import counting, ending, keeping, life, limits, listing
from profiles.sessions.devices import Device

if TYPE_CHECKING:
    from django.http import HttpRequest

    from profiles.models import User

log = logging.getLogger(__name__)
ENDING = (
    account.password_changed,
    account.password_set,
    account.password_reset,
    account.email_changed,
    mfa.authenticator_added,
    mfa.authenticator_removed,
    mfa.authenticator_reset,
)


def register() -> None:
    _replace_listeners_of_allauth()
    user_logged_in.connect(began, dispatch_uid="profiles.sessions.began")
    user_logged_out.connect(left, dispatch_uid="profiles.sessions.left")
    account.user_logged_in.connect(signed_in, dispatch_uid="profiles.sessions.signed_in")
    account.password_reset.connect(proved_by_mail, dispatch_uid="profiles.sessions.proved_by_mail")
    for signal in ENDING:
        signal.connect(changed, dispatch_uid="profiles.sessions.changed")
    hooks.on_suspend(ending.end_all)
    hooks.on_erase(erased)
    hooks.on_tick(tick)
    _count_used_codes_without_a_cache()


def _replace_listeners_of_allauth() -> None:
    """Theirs keep the address and the whole browser string, and look at every session one by one."""
    account.user_logged_in.disconnect(usersessions.on_user_logged_in)
    for signal in (account.password_set, account.password_changed):
        signal.disconnect(usersessions.on_password_changed)


def _count_used_codes_without_a_cache() -> None:
    """A code of an app works once, also while Redis is away: then the database remembers it."""
    in_cache = TOTP._mark_code_used

    def mark_code_used(self: TOTP, code: str) -> bool:
        first = counting.first_time("totp", f"{self.instance.user_id} {code}", 300)
        return first and bool(in_cache(self, code))

    TOTP._mark_code_used = mark_code_used


def began(request: HttpRequest | None, **kwargs: Any) -> None:
    """Django's own signal: whoever makes a session, its time runs."""
    if request is not None:
        life.begin(request.session)


def left(request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    """Whoever signs out leaves nothing behind in this browser (`middleware.SessionLifeMiddleware`)."""
    if request is not None and user is not None:
        request.signed_out_of_shared = life.is_shared(request.session)  # type: ignore[attr-defined]
        listing.UserSession.objects.filter(session_key=request.session.session_key).delete()


def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """allauth's: through every step of the door."""
    is_new = not Device.of(request).knows(user.email)
    listing.note(request, user)
    if not life.is_shared(request.session):
        remember_device(request, user)
    if is_new:
        tell(request, user)


def remember_device(request: HttpRequest, user: User) -> None:
    """The answer to this request sets the cookie (`middleware.SessionLifeMiddleware`)."""
    request.device_signed_in = Device.of(request).with_account(user.email or "")  # type: ignore[attr-defined]


def tell(request: HttpRequest, user: User) -> None:
    """By mail, unless it is the first sign-in of an account made today. A mail server away keeps nobody out."""
    others = listing.UserSession.objects.filter(user=user).exclude(pk=listing.current_row(request))
    if user.date_joined.date() == listing.today().date() and not others.exists():
        return
    device = listing.device_of(request.headers.get("User-Agent", ""))
    try:
        get_adapter(request).send_notification_mail(
            "account/email/new_sign_in", user, {"user": user, "device": device}
        )
    except OSError:
        log.exception("mail about a new sign-in of person %s failed", user.pk)


def proved_by_mail(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever opened the link has the mailbox: this device then counts its tries for itself."""
    limits.unlock(request, user)
    remember_device(request, user)


def changed(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A password, an address or a factor is another one."""
    ending.end_all(user, keep=request)


def erased(user: User, *how: object) -> None:
    ending.end_all(user)


def tick() -> str:
    counted = counting.forget_old()
    return f"counts forgotten: {counted}, forms: {keeping.forget_old()}, sessions: {listing.forget_old()}"
