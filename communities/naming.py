"""What the site is called, for rooms below `pages`: editors set the name there, in each language. And how people's
names are compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from django.conf import settings

# Written alike in print, mixed freely when typing; the stretching stroke says nothing.
_ARABIC: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_asked: Final[list[Callable[[], str]]] = []


def on_name(function: Callable[[], str]) -> None:
    """Said by the room that knows it, when it starts."""
    _asked[:] = [function]


def site_name() -> str:
    """In the language that is active. Asks the database only where nothing is kept of the site's frame."""
    return _asked[0]() if _asked else settings.SITE_NAME


def folded(name: str) -> str:
    """For finding a person by name: small letters without marks, Arabic spellings as one."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_ARABIC).casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
