"""Passwords: length before complexity, and no length by words that anybody would try (NIST SP 800-63B, 5.1.1.2)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from profiles.models import User

# Shorter pieces of names stand in ordinary words by chance.
SHORTEST_WORD: Final = 4
LEAST_LEFT: Final = 8
_SEPARATORS: Final = re.compile(r"[\W_]+")


class OwnWordsValidator:
    """Takes the words of the site and of the person out, and asks that enough is left."""

    def validate(self, password: str, user: User | None = None) -> None:
        whole = left = folded(password)
        for word in sorted(words_of_site() | words_of(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != whole and len(left) < LEAST_LEFT:
            raise ValidationError(
                _("Without your name, your address and the name of this site, too little of it is left."),
                code="own_words",
            )

    def get_help_text(self) -> str:
        return _("Your name, your address and the name of this site do not count.")


def folded(text: str) -> str:
    """Small letters without marks: "Zoé" and "ZOE" are one word to whoever guesses."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def words_of_site() -> set[str]:
    host = settings.BASE_URL.partition("://")[2].partition(":")[0]
    return _words(settings.SITE_NAME) | _words(host.partition(".")[0])


def words_of(user: User | None) -> set[str]:
    if user is None:
        return set()
    local, _at, host = (user.email or "").partition("@")
    return _words(str(user.display_name or "")) | _words(local) | _words(host.rpartition(".")[0])


def _words(text: str) -> set[str]:
    """Each part, and all of it run together."""
    parts = [part for part in _SEPARATORS.split(folded(text)) if part]
    return {word for word in (*parts, "".join(parts)) if len(word) >= SHORTEST_WORD}
