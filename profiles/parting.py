"""What was told of a person's ties goes with them; the ties themselves are declared (`leaving/belongings.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from communities.models import Activity

if TYPE_CHECKING:
    from profiles.models import User

TOLD: Final = ("contact_requested", "contact_answered", "contact_declined")


def forget(user: User, words_too: bool) -> None:
    """For `communities.hooks.on_erase`, before the requests go."""
    from profiles.models import ContactRequest

    asked = ContactRequest.objects.filter(Q(sender=user) | Q(recipient=user))
    Activity.objects.filter(kind__in=TOLD, target_id__in=asked.values("pk")).delete()
