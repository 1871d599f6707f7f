"""Follows, blocks and requests to be put in touch, as far as their reader may still see the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from communities.permissions import in_network

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import Block, ContactRequest, Follow  # noqa: F401 -- named in strings


def _present(column: str) -> Q:
    """`UserQuerySet.present`, of the person in that column."""
    return Q(
        **{f"{column}__is_active": True, f"{column}__is_approved": True, f"{column}__email__isnull": False}
    )


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, viewer: AnyUser) -> FollowQuerySet:
        """One's own. Who has blocked one, or whose page is gone, has vanished from it."""
        from profiles.audiences import apart_from

        if not in_network(viewer):
            return self.none()
        there = Q(theme__isnull=False) | Q(organisation__approved_at__isnull=False) | _present("person")
        return self.filter(there, user=viewer.pk).exclude(person__in=apart_from(viewer))

    def with_line(self) -> FollowQuerySet:
        return self.select_related("person__profile__photo", "organisation", "theme").prefetch_related(
            "theme__names"
        )


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: AnyUser, other: AnyUser) -> BlockQuerySet:
        return self.filter(Q(user=one.pk, person=other.pk) | Q(user=other.pk, person=one.pk))


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def visible_to(self, viewer: AnyUser) -> ContactRequestQuerySet:
        """Those one sent or got, while the other is there and neither has blocked the other."""
        from profiles.audiences import apart_from

        if not in_network(viewer):
            return self.none()
        apart = apart_from(viewer)
        mine = (Q(sender=viewer.pk) & _present("recipient")) | (Q(recipient=viewer.pk) & _present("sender"))
        return self.filter(mine).exclude(sender__in=apart).exclude(recipient__in=apart)

    def waiting(self) -> ContactRequestQuerySet:
        return self.filter(state="waiting")

    def for_reading(self, viewer: AnyUser) -> ContactRequestQuerySet:
        """First what waits for this person's answer, then the newest."""
        waits = Case(
            When(state="waiting", recipient=viewer.pk, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return self.order_by(waits, "-pk")

    def with_line(self) -> ContactRequestQuerySet:
        return self.select_related("sender__profile__photo", "recipient__profile__photo")
