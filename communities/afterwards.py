"""What a request leaves to be written when its answer is on its way: nobody waits for it.

For what may be lost: a process that ends in between writes nothing. What was asked for is written before the answer.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.db import Error
from django.http import HttpResponse

if TYPE_CHECKING:
    from communities.permissions import AnyUser

log = logging.getLogger("request")
# Seconds. It takes some thousandths; longer where the machine has a lot to do.
PATIENCE: Final = 0.5
STEP: Final = 0.01
FORGOTTEN: Final = 5


def afterwards(response: HttpResponse, deed: Callable[[], None], *, by: AnyUser) -> None:
    """Runs `deed` when the server has sent the answer, on the connection of the request. `by`: who sees by it."""
    key, token = _key(by), secrets.token_hex(8)
    cache.set(key, token, FORGOTTEN)

    def run() -> None:
        try:
            deed()
        except Error:
            log.exception("not written after the answer")
        finally:
            if cache.get(key) == token:
                cache.delete(key)

    response._resource_closers.append(run)  # type: ignore[attr-defined]


def await_written(by: AnyUser) -> None:
    """For a page that shows what the answer before it left to be written: whoever follows a link at once may be
    there before that is done, in another process. Not for ever: what was lost is not waited for."""
    key, end = _key(by), time.monotonic() + PATIENCE
    while cache.get(key) and time.monotonic() < end:
        time.sleep(STEP)


def _key(by: AnyUser) -> str:
    return f"afterwards:{by.pk}"
