"""What was typed into a form whose session had ended: sealed for one browser and one account, for one hour."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import timezone

from profiles.sessions.counting import hashed
from profiles.sessions.models import SealedForm

if TYPE_CHECKING:
    from profiles.models import User

LIFE: Final = timedelta(hours=1)
COOKIE: Final = "kept"
# Characters of all names and values, and how many of them: a long post with a table, not somebody's archive.
MOST_CHARACTERS: Final = 64_000
MOST_FIELDS: Final = 60
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# Names, or parts of them, of what nobody keeps for anybody.
SECRET: Final = ("password", "passwd", "csrf", "code", "otp", "credential", "secret", "token")
# Keys of forms and ways on: not typed by anybody.
UNTYPED: Final = frozenset({"key", "next", "action", "g-recaptcha-response"})
UNREADABLE: Final = (
    BadRequest,
    MultiPartParserError,
    RequestDataTooBig,
    SuspiciousOperation,
    UnreadablePostError,
)
Fields = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: to which address, from which page, with what."""

    address: str
    page: str = ""
    fields: Fields = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        return any(value.strip() for name, values in self.fields if name not in UNTYPED for value in values)


def read(request: HttpRequest) -> Kept | None:
    """None where nothing may be kept: from another site, too long, no form. Says nothing of the address."""
    if not is_from_here(request) or request.content_type not in FORMS:
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > settings.MAX_UPLOAD_BYTES:
        return None
    try:
        lists = list(request.POST.lists())
    except UNREADABLE:
        return None
    fields = [(name, values) for name, values in lists if not is_secret(name)]
    size = sum(len(name) + sum(map(len, values)) for name, values in fields)
    if size > MOST_CHARACTERS or len(fields) > MOST_FIELDS:
        return None
    return Kept(request.get_full_path()[:2000], _page(request), fields)


def is_secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)


def is_from_here(request: HttpRequest) -> bool:
    """Otherwise another site could lay words into somebody's mouth, which wait for them behind the sign-in."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _page(request: HttpRequest) -> str:
    """The page the form stood on, when the browser says so and it is ours."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return ""
    # One slash: two would make the rest the name of a host.
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}"[:2000] if parts.query else path[:2000]


def seal(kept: Kept, owner: Any = None) -> str:
    """The value of the cookie that opens it again. `owner`: the id of whose session it was, where that is known."""
    cookie = secrets.token_urlsafe(24)
    words = json.dumps([kept.address, kept.page, kept.fields]).encode()
    SealedForm.objects.create(
        key=hashed("kept", cookie),
        sealed=_box(cookie).encrypt(words).decode(),
        user_id=owner,
        until=timezone.now() + LIFE,
    )
    return cookie


def set_on(response: HttpResponseBase, cookie: str) -> None:
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def row_of(request: HttpRequest) -> SealedForm | None:
    """By this browser's cookie, whoever sits there."""
    cookie = request.COOKIES.get(COOKIE, "")
    if not cookie:
        return None
    rows = SealedForm.objects.filter(key=hashed("kept", cookie), until__gt=timezone.now())
    return rows.first()


def open_for(request: HttpRequest, user: User) -> Kept | None:
    """For whose session it was; where that was not known, for who comes first on this browser, and nobody after."""
    row = row_of(request)
    if row is None or row.user_id not in (None, user.pk):
        return None
    if row.user_id is None and not SealedForm.objects.filter(pk=row.pk, user=None).update(user=user):
        return None
    try:
        words = _box(request.COOKIES[COOKIE]).decrypt(row.sealed.encode(), ttl=int(LIFE.total_seconds()))
    except InvalidToken:
        return None
    address, page, fields = json.loads(words)
    return Kept(address, page, [(name, list(values)) for name, values in fields])


def throw_away(request: HttpRequest, response: HttpResponseBase) -> None:
    SealedForm.objects.filter(key=hashed("kept", request.COOKIES.get(COOKIE, ""))).delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def forget_old(now: datetime | None = None) -> int:
    return SealedForm.objects.filter(until__lt=now or timezone.now()).delete()[0]


def _box(cookie: str) -> Fernet:
    """The site's secret and the browser's cookie together: neither opens it alone."""
    secret = hashed("box", cookie).encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret).digest()))
