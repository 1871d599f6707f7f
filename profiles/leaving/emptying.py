"""Taking a person out of the platform, so that nothing says who it was."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from communities import fates, hooks, joining
from communities.models import Membership
from communities.public_ids import new_public_id
from files import store
from files.models import StoredFile
from search.rebuilding import merge_indexes

if TYPE_CHECKING:
    from profiles.models import User


@transaction.atomic
def empty(user: User, *, words_too: bool = False) -> None:
    """Irreversible, and harmless a second time. What they wrote stays, by a former member, or goes as well.

    Memberships end first, so that every room forgets as when leaving; then the rooms' own functions, then the
    rows that were declared (communities/fates.py), then the columns of the person.
    """
    memberships = Membership.objects.filter(user=user).select_related("space", "user").order_by("space")
    # Spaces before people, as moderators do (forum/holding.py).
    for membership in memberships:
        joining.hold(membership.space)
    type(user).objects.select_for_update().get(pk=user.pk)
    for membership in memberships.all():
        joining.leave(membership)
    _end_sessions(user)
    for function in hooks.erase:
        function(user, words_too)
    _let_go_of_files(user)
    fates.sweep(user)
    _blank_account(user)
    merge_indexes()


def _end_sessions(user: User) -> None:
    """allauth's list is not complete: a session of before it was kept is found by what it says itself."""
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            keys.append(session.session_key)
    for first in range(0, len(keys), 500):
        Session.objects.filter(session_key__in=keys[first : first + 500]).delete()


def _let_go_of_files(user: User) -> None:
    """What belongs to the profile goes; a file that stands with what they wrote loses its name and its owner."""
    for stored in StoredFile.objects.filter(uploaded_by=user):
        if stored.kind.startswith("profiles."):
            store.discard(stored)
        else:
            ending = PurePosixPath(stored.name).suffix
            StoredFile.objects.filter(pk=stored.pk).update(name=f"file-{stored.token[:6]}{ending}")


def _blank_account(user: User) -> None:
    from profiles.models import Profile

    # The sweep has taken the profile with all that hung on it.
    user.profile = Profile.objects.create(user=user)
    for name, value in _nothing().items():
        setattr(user, name, value)
    user.set_unusable_password()
    user.save()
    user.refresh_from_db(fields=["display_name"])


def _nothing() -> dict[str, Any]:
    """The address of the page changes too: it may stand in somebody's notes."""
    return {
        "public_id": new_public_id(),
        "email": None,
        "display_name": "",
        "time_zone": "",
        "language": "en",
        "is_active": False,
        "is_approved": False,
        "is_staff": False,
        "is_superuser": False,
        "last_login": None,
        "date_joined": timezone.now(),
    }
