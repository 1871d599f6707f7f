"""What this room keeps between people, for an export, and how it goes when its person goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from communities.models import Activity

if TYPE_CHECKING:
    from profiles.models import ContactRequest, User


def forget(user: User) -> None:
    """For `communities.hooks.on_erase`: both ends of every tie, and what was told of it."""
    from profiles.models import Block, ContactRequest, Follow, Organisation

    asked = ContactRequest.objects.filter(Q(sender=user) | Q(recipient=user))
    kinds = ("contact_requested", "contact_answered", "contact_declined")
    Activity.objects.filter(kind__in=kinds, target_id__in=asked.values("pk")).delete()
    asked.delete()
    for model in (Block, Follow):
        model.objects.filter(Q(user=user) | Q(person=user)).delete()
    Organisation.objects.filter(proposed_by=user).update(proposed_by=None)


def ties_of(user: User) -> dict[str, Any]:
    """For `communities.hooks.on_export`. Of others their display name, and what they wrote to this person."""
    from profiles.models import Block, ContactRequest, Follow, Organisation

    follows = Follow.objects.visible_to(user).with_line()
    asked = ContactRequest.objects.visible_to(user).select_related("sender", "recipient").order_by("pk")
    return {
        "follows": [str(row.theme or row.organisation or row.person) for row in follows],
        "blocked": [str(row.person) for row in Block.objects.filter(user=user).select_related("person")],
        "contact_requests": [_request(row) for row in asked],
        "organisations_proposed": list(
            Organisation.objects.filter(proposed_by=user).values_list("name", flat=True)
        ),
    }


def _request(row: ContactRequest) -> dict[str, str]:
    return {
        "from": str(row.sender),
        "to": str(row.recipient),
        "at": row.created_at.isoformat(),
        "text": row.text,
        "answer": row.answer,
        "state": row.state,
    }
