"""What stands between a reader and a person. One query for each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import Exists, OuterRef, Q
from django.template.context import Context

from communities.permissions import in_network
from profiles.models import Block, ContactRequest, Follow, Organisation, User

if TYPE_CHECKING:
    from communities.permissions import AnyUser

register = template.Library()


@register.simple_tag(takes_context=True)
def ties_with(context: Context, person: User) -> dict[str, Any]:
    """{} for a visitor, a newcomer and oneself; else what may be offered. Who may not be asked says no reason."""
    viewer: AnyUser = context["request"].user
    if not in_network(viewer) or viewer.pk == person.pk:
        return {}
    other, mine = OuterRef("pk"), viewer.pk
    apart = Q(user=mine, person=other) | Q(user=other, person=mine)
    asked = ContactRequest.objects.waiting().filter(sender=mine, recipient=other)
    row: dict[str, Any] = (
        User.objects.present()
        .filter(pk=person.pk)
        .values(
            "profile__contactable",
            is_followed=Exists(Follow.objects.filter(user=mine, person=other)),
            is_blocked=Exists(Block.objects.filter(user=mine, person=other)),
            is_apart=Exists(Block.objects.filter(apart)),
            has_asked=Exists(asked),
        )
        .first()
        or {}
    )
    return {**row, "may_ask": row["profile__contactable"] and not row["is_apart"]} if row else {}


@register.simple_tag(takes_context=True)
def follows_organisation(context: Context, organisation: Organisation) -> bool:
    viewer = context["request"].user
    return Follow.objects.filter(user=viewer.pk, organisation=organisation).exists()
