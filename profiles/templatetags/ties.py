"""What stands between a reader and a person. One query for each page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.db.models import Exists, OuterRef, Q
from django.template.context import Context
from django.utils import timezone

from communities.permissions import in_network
from profiles.audiences import Audience
from profiles.models import Block, ContactRequest, Follow, User
from search.lines import followed

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from search.lines import Line

register = template.Library()
# As search calls them.
NEWS: Final = ("news", "resource")
NEWS_OF: Final = timedelta(days=60)
MOST_NEWS: Final = 3


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


@register.inclusion_tag("profiles/followed_news.html", takes_context=True)
def followed_news(context: Context) -> dict[str, list[Line]]:
    """The newest public things and topics with a theme that the reader follows, each in the language nearest to
    them, and the topics opened, where both may read, by people they follow and by people of organisations they
    follow: of those in the directory alone who tell the network where they work.

    Ends with the heading of what stands below; nothing at all where there is nothing."""
    viewer: AnyUser = context["request"].user
    if not in_network(viewer):
        return {"lines": []}
    own = Follow.objects.filter(user=viewer.pk)
    apart = Q(user=viewer.pk, person=OuterRef("pk")) | Q(user=OuterRef("pk"), person=viewer.pk)
    offices = own.filter(organisation__isnull=False).values("organisation")
    of_offices = Q(
        profile__organisation__in=offices,
        profile__organisation_for__gte=Audience.NETWORK,
        profile__listed=True,
    )
    wanted = Q(pk__in=own.filter(person__isnull=False).values("person")) | of_offices
    people = User.objects.present().filter(wanted).exclude(Exists(Block.objects.filter(apart)))
    lines = followed(
        viewer,
        themes=own.filter(theme__isnull=False).values("theme"),
        of=(*NEWS, "topic"),
        people=people.values("pk"),
        written=("topic",),
        since=timezone.localdate() - NEWS_OF,
        most=MOST_NEWS,
    )
    return {"lines": lines}
