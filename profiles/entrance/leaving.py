"""What of coming in is a person's own, and goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from profiles.entrance.models import Acceptance, Charter, Invitation

if TYPE_CHECKING:
    from profiles.models import User


def kept_of(user: User) -> dict[str, Any]:
    """For `communities.hooks.on_export`."""
    rows = Acceptance.objects.filter(user=user).select_related("charter").order_by("charter__number")
    return {
        "charter": [
            {
                "version": row.charter.number,
                "language": row.language,
                "accepted_at": row.accepted_at.isoformat(),
            }
            for row in rows
        ]
    }


def forget(user: User) -> None:
    """For `communities.hooks.on_erase`: invitations to them hold their address; what they sent stays unsigned."""
    Acceptance.objects.filter(user=user).delete()
    Invitation.objects.filter(person=user).delete()
    if user.email:
        Invitation.objects.filter(email=user.email).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)
    Charter.objects.filter(published_by=user).update(published_by=None)
