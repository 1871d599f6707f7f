"""Ending sessions: one, all others, all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction

from profiles.sessions import life
from profiles.sessions.listing import current_row

if TYPE_CHECKING:
    from django.http import HttpRequest

    from profiles.models import User


@transaction.atomic
def end(row: UserSession) -> None:
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


@transaction.atomic
def end_all(user: User, keep: HttpRequest | None = None) -> None:
    """Every session of `user` but the one of `keep`, when that is theirs. Rows go, so that nothing comes back
    when a suspended account is reinstated; the salt goes, for sessions that no row knows of.
    """
    own = keep if keep is not None and keep.user.is_authenticated and keep.user.pk == user.pk else None
    user.end_sessions()
    rows = UserSession.objects.filter(user_id=user.pk)
    if own is not None:
        update_session_auth_hash(own, user)
        _follow(own)
        rows = rows.exclude(pk=current_row(own))
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()


def _follow(request: HttpRequest) -> None:
    """Django has given the session that stays another key."""
    if request.session.session_key:
        UserSession.objects.filter(pk=request.session.get(life.ROW)).update(
            session_key=request.session.session_key
        )
