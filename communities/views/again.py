"""Asking for the sign-in once more, before what cannot be taken back or tells everything."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

if TYPE_CHECKING:
    from profiles.models import User

View = Callable[..., HttpResponseBase]


def signed_in_again(view: View) -> View:
    """Password and second factor, each where there is one, within the last quarter of an hour.

    allauth's own decorator is content with either: a thief of the password could pass over the factor.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _way(request) or view(request, *args, **kwargs)

    return cast(View, guarded)


def _way(request: HttpRequest) -> HttpResponse | None:
    """Where to prove it first; None when that was done."""
    user = cast("User", request.user)
    has_password, has_factor = user.has_usable_password(), _has_factor(user)
    if has_password and not _is_fresh(request, "password"):
        return _lead(request, "account_reauthenticate")
    if has_factor and not _is_fresh(request, "mfa"):
        return _lead(request, "mfa_reauthenticate")
    if has_password or has_factor or _is_fresh(request, ""):
        return None
    # Neither: they sign in by codes from their mailbox, and do so once more.
    logout(request)
    return _lead(request, settings.LOGIN_URL)


def _has_factor(user: User) -> bool:
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors.exists()


def _is_fresh(request: HttpRequest, method: str) -> bool:
    """`method` proved again within allauth's limit; with "" a sign-in of any kind counts."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = [each for each in get_authentication_records(request, request.user) if each["at"] > since]
    if not method:
        return bool(records)
    return any(each["method"] == method and each.get("reauthenticated") for each in records)


def _lead(request: HttpRequest, name: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: request.path})}")
