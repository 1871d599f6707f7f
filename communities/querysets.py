"""The rules of `permissions.py` as querysets: what a person may know of, read, and hear about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from communities.naming import folded

if TYPE_CHECKING:
    from communities.models import Activity, Membership, Notification, Space
    from communities.permissions import AnyUser


class SpaceQuerySet(models.QuerySet["Space"]):
    def allowing(self, user: AnyUser, action: str) -> SpaceQuerySet:
        """Spaces in which `may(user, action, space)` holds."""
        from communities.permissions import spaces_allowing

        return self.filter(spaces_allowing(user, action))

    def known_to(self, user: AnyUser) -> SpaceQuerySet:
        """Spaces of which `user` may know that they exist. Outside it: the ordinary 404."""
        return self.allowing(user, "know")

    def readable_by(self, user: AnyUser) -> SpaceQuerySet:
        return self.allowing(user, "read")

    def offering(self, module: str) -> SpaceQuerySet:
        """Spaces in which that room (a key of `shapes.MODULES`) is switched on."""
        from communities.shapes import MODULES

        return self.filter(**{MODULES[module][0]: True})

    def of_member(self, user: AnyUser) -> SpaceQuerySet:
        """My spaces: those I belong to, in any role."""
        return self.filter(memberships__user=user.pk, memberships__suspended_at__isnull=True)

    def with_standing(self, user: AnyUser) -> SpaceQuerySet:
        """Carries the answer `permissions.rights` needs, so that it asks nothing more."""
        from communities.permissions import in_network, standing_in

        if not user.is_authenticated or not in_network(user):
            return self
        return self.annotate(standing=standing_in(user), standing_of=Value(user.pk))

    def with_texts(self) -> SpaceQuerySet:
        return self.prefetch_related("texts")

    def with_card(self) -> SpaceQuerySet:
        """What a card shows: its name and purpose, how many people are in it (`cards.name_themes` adds the themes)."""
        from communities.models import Membership, SpaceText

        # Counted for the rows of the page: a join would walk through everybody's memberships first.
        inside = Membership.objects.filter(space=OuterRef("pk"), suspended_at__isnull=True).order_by()
        number = inside.values("space").annotate(number=Count("pk")).values("number")
        return self.prefetch_related(
            Prefetch("texts", SpaceText.objects.only("space", "language", "name", "purpose"))
        ).annotate(members_count=Coalesce(Subquery(number), 0))

    def mine_first(self) -> SpaceQuerySet:
        """After `with_standing(user)`: those one is in, then the others; what is archived at the end of each."""
        own = [Case(When(standing__gt=0, then=0), default=1)] if "standing" in self.query.annotations else []
        return self.order_by(*own, F("archived_at").asc(nulls_first=True), "pk")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self) -> MembershipQuerySet:
        """Of accounts in force; suspended here or not."""
        return self.filter(user__is_active=True, user__is_approved=True)

    def in_force(self) -> MembershipQuerySet:
        """Neither suspended here nor by an account that is."""
        return self.present().filter(suspended_at__isnull=True)

    def with_line(self) -> MembershipQuerySet:
        """What a line of the list of members shows."""
        return self.select_related("user__profile__photo")

    def named(self, asked: str) -> MembershipQuerySet:
        """Whose name has the words asked for, accents and Arabic spellings aside. One query more."""
        words = folded(asked).split()
        names = self.values_list("pk", "user__display_name")
        return self.filter(pk__in=[pk for pk, name in names if all(w in folded(name) for w in words)])


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: AnyUser) -> ActivityQuerySet:
        """News of spaces that `user` may read. What is about one person, or for facilitators, is nobody's feed."""
        from communities.activity import kinds_of_news
        from communities.models import Space

        return self.filter(kind__in=kinds_of_news(), space__in=Space.objects.readable_by(user))

    def in_spaces_of(self, user: AnyUser) -> ActivityQuerySet:
        """The feed: readable, and in a space the person belongs to."""
        from communities.models import Space

        return self.visible_to(user).filter(space__in=Space.objects.of_member(user).values("pk"))

    def with_line(self) -> ActivityQuerySet:
        """What a line of the feed shows."""
        return self.select_related("actor", "space").prefetch_related("space__texts")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: AnyUser) -> NotificationQuerySet:
        """One's own, as long as the space behind it may still be read."""
        from communities.models import Space

        if not user.is_authenticated:
            return self.none()
        readable = Q(activity__space__in=Space.objects.readable_by(user)) | Q(activity__space__isnull=True)
        # About oneself (admitted, declined, ...): the right is the notification itself.
        return self.filter(recipient=user).filter(readable | Q(activity__kind__startswith="own_"))

    def with_line(self) -> NotificationQuerySet:
        return self.select_related("activity__actor", "activity__space").prefetch_related(
            "activity__space__texts"
        )
