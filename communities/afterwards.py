"""What a request leaves to be written when its answer is on its way: nobody waits for it.

For what may be lost: a process that ends in between writes nothing. What was asked for is written before the answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpResponse

log = logging.getLogger("request")


def afterwards(response: HttpResponse, deed: Callable[[], None]) -> None:
    """Runs `deed` when the server has sent the answer, on the connection of the request."""

    def run() -> None:
        try:
            deed()
        except Error:
            log.exception("not written after the answer")

    response._resource_closers.append(run)  # type: ignore[attr-defined]
