"""The charter: which version holds, who accepted it, and how a new one is published.

Every request of a signed-in person compares two numbers: the version that holds, kept in the cache all processes
share, and the one they accepted, kept in their session. Neither costs a query.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import caches
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest

from communities.freshness import CACHE
from communities.models import Record
from profiles.entrance.models import Acceptance, Charter, CharterText

if TYPE_CHECKING:
    from profiles.models import User

KEY: Final = "charter"
SESSION: Final = "charter"
# Seconds after which the database is asked again, should the cache have missed a publication.
LONGEST: Final = 600


def in_force() -> int:
    """The number of the version that holds; 0 where there is none."""
    found: int | None = caches[CACHE].get(KEY)
    if found is None:
        found = Charter.objects.aggregate(newest=Max("number"))["newest"] or 0
        # `add`: what somebody published in this very moment stays.
        caches[CACHE].add(KEY, found, timeout=LONGEST)
    return found


def newest() -> Charter | None:
    return Charter.objects.prefetch_related("texts").order_by("-number").first()


@transaction.atomic
def publish(texts: Mapping[str, str], *, by: User | None) -> Charter:
    """A new version, in the languages given. Everybody is asked at their next page. ValueError: no text."""
    if not texts:
        raise ValueError("A charter needs at least one text.")
    number = (Charter.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
    charter = Charter.objects.create(number=number, published_by=by)
    CharterText.objects.bulk_create(
        CharterText(charter=charter, language=language, text=text) for language, text in texts.items()
    )
    Record.objects.create(verb="charter_published", actor=by)
    transaction.on_commit(partial(caches[CACHE].set, KEY, number, timeout=LONGEST))
    return charter


def accept(user: User, *, number: int, language: str) -> None:
    """Idempotent: the first time counts. Nothing happens for a version that does not exist."""
    charter = Charter.objects.filter(number=number).first()
    if charter is not None:
        Acceptance.objects.get_or_create(user=user, charter=charter, defaults={"language": language})


def accepted_by(user: User) -> int:
    """The newest version that a person accepted; 0 for none. One query."""
    own = Acceptance.objects.filter(user=user).aggregate(newest=Max("charter__number"))
    return own["newest"] or 0


def is_accepted(request: HttpRequest) -> bool:
    """Whether whoever is signed in has accepted what holds. No query for who has."""
    wanted = in_force()
    if request.session.get(SESSION, 0) >= wanted:
        return True
    # Perhaps on another device.
    remember(request, accepted_by(request.user))  # type: ignore[arg-type]
    return bool(request.session[SESSION] >= wanted)


def remember(request: HttpRequest, number: int) -> None:
    if request.session.get(SESSION) != number:
        request.session[SESSION] = number


def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Hears `user_logged_in`."""
    remember(request, accepted_by(user))
