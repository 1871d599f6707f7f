from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from communities.invitations.models import Invitation
    from communities.models import Space
    from profiles.models import User


class SpaceInvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> SpaceInvitationQuerySet:
        """Neither withdrawn nor declined nor used up; they may have run out."""
        return self.filter(revoked_at=None, declined_at=None, uses__lt=F("most_uses"))

    def open(self) -> SpaceInvitationQuerySet:
        """They let somebody in: not run out, to a space in which something may change."""
        ready = Q(space__archived_at=None, space__frozen_at=None, expires_at__gt=timezone.now())
        return self.standing().filter(ready)

    def links(self) -> SpaceInvitationQuerySet:
        return self.filter(email="")

    def links_of(self, user: User, space: Space | None = None) -> SpaceInvitationQuerySet:
        """Whoever may no longer invite may have kept the link."""
        rows = self.links().filter(invited_by=user)
        return rows.filter(space=space) if space is not None else rows

    def end(self) -> int:
        """Withdraws what stands. A link that ends can be opened by nobody, whoever has kept it."""
        return self.standing().update(revoked_at=timezone.now(), token_hash=None)

    def over_before(self, moment: datetime) -> SpaceInvitationQuerySet:
        return self.filter(Q(revoked_at__lt=moment) | Q(declined_at__lt=moment) | Q(expires_at__lt=moment))

    def with_line(self) -> SpaceInvitationQuerySet:
        """Newest first, with who invited."""
        return self.select_related("invited_by").order_by("-pk")
