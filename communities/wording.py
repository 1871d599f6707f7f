"""The words of a space, language by language: what is missing, what is older than the rest, and writing them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from communities import presenting
from communities.models import Record, Space, SpaceText
from communities.succession import hold_for

if TYPE_CHECKING:
    from profiles.models import User

FIELDS: Final = ("name", "purpose", "welcome", "rules", "question")
# What was saved together was written together.
TOGETHER: Final = timedelta(minutes=2)


class WrittenMeanwhile(Exception):
    """Somebody else wrote first. `languages`: in which."""

    def __init__(self, languages: set[str]) -> None:
        self.languages = languages
        super().__init__()


@dataclass(frozen=True, slots=True)
class Standing:
    """One language of a space: its row, what it lacks that another has, and whether another is newer."""

    language: str
    text: SpaceText | None
    lacks: tuple[str, ...]
    is_older: bool

    @property
    def is_due(self) -> bool:
        return bool(self.text is None or self.lacks or self.is_older)


def standings(space: Space) -> list[Standing]:
    """Every language of the site, the space's own first (`with_texts()` beforehand)."""
    rows = {text.language: text for text in space.texts_in_order()}
    newest = max((text.updated_at for text in rows.values()), default=None)
    said = {name for name in FIELDS for text in rows.values() if getattr(text, name)}
    codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != space.language)
    found = []
    for code in codes:
        text = rows.get(code)
        lacks = tuple(name for name in FIELDS if name in said and text and not getattr(text, name))
        older = bool(text and newest and newest - text.updated_at > TOGETHER)
        found.append(Standing(code, text, lacks, older))
    return found


def seen(words: Mapping[str, str] | SpaceText | None) -> str:
    """What somebody had before their eyes, in short: an untouched language is not saved, a changed one is told."""
    get = words.get if isinstance(words, Mapping) else lambda name, _none: getattr(words, name, "")
    said = [str(get(name, "") or "").replace("\r\n", "\n").strip() for name in FIELDS]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


@transaction.atomic
def write(
    space: Space, words: Mapping[str, Mapping[str, str]], *, by: User, had: Mapping[str, str]
) -> set[str]:
    """Writes what differs from what its writer had before their eyes (`had`: language -> `seen`). Returns where.

    A language of which nothing is left goes. Raises WrittenMeanwhile, and then nothing is written at all; Refused,
    Http404.
    """
    hold_for(space, by)
    now = Space.objects.select_for_update(of=("self",)).with_texts().get(pk=space.pk)
    rows = {text.language: text for text in now.texts.all()}
    touched = {code for code in words if seen(words[code]) != had[code]}
    if late := {code for code in touched if seen(rows.get(code)) not in (had[code], seen(words[code]))}:
        raise WrittenMeanwhile(late)
    for code in touched:
        _put(now, code, words[code])
    if touched:
        presenting.presented(now, now.slug, by, "words_changed")
    return touched


def _put(space: Space, code: str, words: Mapping[str, str]) -> None:
    if not any(words.values()) and code != space.language:
        SpaceText.objects.filter(space=space, language=code).delete()
        return
    SpaceText.objects.update_or_create(space=space, language=code, defaults=dict(words))


@transaction.atomic
def still_right(space: Space, languages: set[str], *, by: User) -> None:
    """Somebody has read these languages again: they are as new as the newest."""
    newest = space.texts.aggregate(newest=Max("updated_at"))["newest"]
    if space.texts.filter(language__in=languages).update(updated_at=newest):
        Record.objects.create(verb="words_confirmed", actor=by, space=space)
