"""Browsers that have signed in before: a signed cookie of their own, bound to the accounts, of no use elsewhere.

Such a device has its own count of tries, so that nobody can lock an owner out by trying their address from
elsewhere; and no mail about a new sign-in is sent for it. A shared phone keeps none.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from profiles.sessions.addresses import folded
from profiles.sessions.counting import hashed

LIFE: Final = timedelta(days=180)
SALT: Final = "profiles.sessions.device"
# People who share a computer.
MOST_ACCOUNTS: Final = 4


@dataclass(frozen=True, slots=True)
class Device:
    """`name` is random; `marks` say which accounts have signed in here, and nothing to whoever reads them."""

    name: str = ""
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Device:
        try:
            name, *marks = signing.loads(
                request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LIFE
            )
        except (signing.BadSignature, ValueError, TypeError):
            return cls()
        return cls(str(name), tuple(str(mark) for mark in marks))

    def knows(self, email: str | None) -> bool:
        return bool(email) and mark(email or "") in self.marks

    def with_account(self, email: str) -> Device:
        marks = (mark(email), *(each for each in self.marks if each != mark(email)))
        return Device(self.name or secrets.token_urlsafe(12), marks[:MOST_ACCOUNTS])

    def set_on(self, response: HttpResponseBase) -> None:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            signing.dumps([self.name, *self.marks], salt=SALT, compress=True),
            max_age=int(LIFE.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def mark(email: str) -> str:
    return hashed("device", folded(email))[:16]
