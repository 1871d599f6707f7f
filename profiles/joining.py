"""Becoming a member of the network: asked for at sign-up, decided by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from profiles.models import User


def waits_for_approval(user: User) -> None:
    """Tells staff that an account waits."""
