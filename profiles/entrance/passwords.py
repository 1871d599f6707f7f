"""Passwords: length before complexity, and no length by words that anybody would try (NIST SP 800-63B, 5.1.1.2)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.naming import site_name

if TYPE_CHECKING:
    from profiles.models import User

# Shorter pieces of names stand in ordinary words by chance.
SHORTEST_WORD: Final = 4
LEAST_LEFT: Final = 8
LEAST_DIFFERENT: Final = 5
# What Django's list of 20,000 lacks: what people here would think of first. Folded, run together.
COMMON_HERE: Final = frozenset(
    [
        "azertyuiop",
        "bienvenue",
        "bonjour",
        "bonsoir",
        "motdepasse",
        "motdepass",
        "monmotdepasse",
        "soleil",
        "liberte",
        "droitshumains",
        "droitsdelhomme",
        "humanrights",
        "mensenrechten",
        "welkom",
        "wachtwoord",
        "geheim",
        "vrijheid",
        "letmein",
        "changeme",
        "bismillah",
        "inchallah",
        "hamdoulillah",
        "marhaba",
        "salam",
        "habibi",
        "houria",
        "حقوقالانسان",
        "كلمهالسر",
        "كلمهالمرور",
        "حريه",
        "بسمالله",
        "مرحبا",
    ]
)
_SEPARATORS: Final = re.compile(r"[\W_]+")


class LengthValidator(MinimumLengthValidator):
    """Django's, whose words are there in two of our languages alone."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: it needs at least %(min_length)d character.",
            "This password is too short: it needs at least %(min_length)d characters.",
            self.min_length,
        ) % {"min_length": self.min_length}


class NotCommonValidator(CommonPasswordValidator):
    """Django's list holds few passwords of twelve characters: asked for the word inside, too.

    "Sunshine2024!" and "passwordpassword" are the words "sunshine" and "password" to whoever guesses.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password, user)
        words = run_together(password)
        inside = {words, words.strip("0123456789"), repeated(words.strip("0123456789")), repeated(words)}
        if len(set(words)) < LEAST_DIFFERENT or any(w in self.passwords or w in COMMON_HERE for w in inside):
            raise ValidationError(self.get_error_message(), code="password_too_common")


class OwnWordsValidator:
    """Takes the words of the site and of the person out, and asks that enough is left."""

    def validate(self, password: str, user: User | None = None) -> None:
        whole = left = run_together(password)
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


def run_together(text: str) -> str:
    """Letters and digits alone; the Arabic endings that are typed one for the other, as one."""
    return _SEPARATORS.sub("", folded(text)).replace("ة", "ه").replace("ى", "ي")


def repeated(text: str) -> str:
    """The part that a text is made of by saying it again and again; the text itself otherwise."""
    return text[: (text + text).find(text, 1)]


def words_of_site() -> set[str]:
    host = settings.BASE_URL.partition("://")[2].partition(":")[0]
    return _words(settings.SITE_NAME) | _words(site_name()) | _words(host.partition(".")[0])


def words_of(user: User | None) -> set[str]:
    if user is None:
        return set()
    local, _at, host = (user.email or "").partition("@")
    return _words(str(user.display_name or "")) | _words(local) | _words(host.rpartition(".")[0])


def _words(text: str) -> set[str]:
    """Each part, and all of it run together."""
    parts = [part for part in _SEPARATORS.split(folded(text)) if part]
    return {word for word in (*parts, "".join(parts)) if len(word) >= SHORTEST_WORD}
