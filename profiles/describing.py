"""Writing down how a person appears, and letting search follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from profiles.search import follow

if TYPE_CHECKING:
    from profiles.models import Profile, User

WORDS: Final = ("headline", "about", "help_with")


@transaction.atomic
def describe(user: User, values: Mapping[str, Any], *, language: str = "") -> None:
    """`values`: columns of Profile, `languages` (codes), `expertise` (themes), and words in `language`
    (the person's own unless said). What is not named stays as it is."""
    values = dict(values)
    profile = user.profile
    words: dict[str, str] = {name: values.pop(name) for name in WORDS if name in values}
    languages, themes = values.pop("languages", None), values.pop("expertise", None)
    for field, value in values.items():
        setattr(profile, field, value)
    profile.save()
    if words:
        say(profile, language or user.language, words)
    if languages is not None:
        speak(profile, languages)
    if themes is not None:
        profile.expertise.set(themes)
    follow(user)


def say(profile: Profile, language: str, words: Mapping[str, str]) -> None:
    """The words of one language; a language in which nothing is said any more has no row."""
    from profiles.models import ProfileText

    row, _created = ProfileText.objects.update_or_create(
        profile=profile, language=language, defaults=dict(words)
    )
    if not any(getattr(row, name) for name in WORDS):
        row.delete()


def speak(profile: Profile, codes: Iterable[str]) -> None:
    from profiles.models import SpokenLanguage

    wanted = set(codes)
    profile.spoken.exclude(code__in=wanted).delete()
    there = set(profile.spoken.values_list("code", flat=True))
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(profile=profile, code=code) for code in sorted(wanted - there)
    )
