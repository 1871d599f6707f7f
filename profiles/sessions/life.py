"""How long a session lives: since when, when it was last used, on whose device. All of it stands in the session."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

BEGAN: Final = "began"
SEEN: Final = "seen"
SHARED: Final = "shared_phone"
# The row of allauth's UserSession; Django gives a session another key now and then.
ROW: Final = "session_row"


def begin(session: SessionBase) -> None:
    """When somebody has signed in. On a shared phone it ends with the browser, whatever was ticked beside it."""
    session[BEGAN] = session[SEEN] = int(time.time())
    if is_shared(session):
        session.set_expiry(0)


def is_shared(session: SessionBase) -> bool:
    return bool(session.get(SHARED))


def limits(session: SessionBase) -> tuple[int, int]:
    """Seconds without a request, seconds altogether."""
    return settings.SHARED_PHONE_LIMITS if is_shared(session) else settings.SESSION_LIMITS


def is_over(session: SessionBase) -> bool:
    """Sessions of somebody alone; a session from before these limits counts from its next use."""
    if SESSION_KEY not in session or BEGAN not in session:
        return False
    idle, absolute = limits(session)
    now = time.time()
    return now - session[SEEN] > idle or now - session[BEGAN] > absolute


def touch(session: SessionBase) -> bool:
    """Notes the use, a few times per idle period at most; returns whether it wrote."""
    if SESSION_KEY not in session:
        return False
    if BEGAN not in session:
        begin(session)
        return True
    idle, _absolute = limits(session)
    if time.time() - session[SEEN] < idle / 20:
        return False
    session[SEEN] = int(time.time())
    return True
