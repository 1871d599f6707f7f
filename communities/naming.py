"""What the site is called, for rooms below `pages`: editors set the name there, in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings

_asked: Final[list[Callable[[], str]]] = []


def on_name(function: Callable[[], str]) -> None:
    """Said by the room that knows it, when it starts."""
    _asked[:] = [function]


def site_name() -> str:
    """In the language that is active. Asks the database only where nothing is kept of the site's frame."""
    return _asked[0]() if _asked else settings.SITE_NAME
