from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

if TYPE_CHECKING:
    from profiles.entrance.models import Charter, Invitation  # noqa: F401 -- the querysets' own models


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> InvitationQuerySet:
        """Neither withdrawn nor taken up."""
        return self.filter(revoked_at__isnull=True, taken_up_at__isnull=True)

    def open(self) -> InvitationQuerySet:
        return self.standing().filter(expires_at__gt=timezone.now())

    def over_before(self, moment: datetime) -> InvitationQuerySet:
        """Withdrawn, taken up or run out before then."""
        return self.filter(Q(revoked_at__lt=moment) | Q(taken_up_at__lt=moment) | Q(expires_at__lt=moment))

    def newest_first(self) -> InvitationQuerySet:
        return self.select_related("invited_by").order_by("-pk")


class CharterQuerySet(models.QuerySet["Charter"]):
    def counted(self) -> CharterQuerySet:
        """With `people`: how many accepted each version."""
        return self.annotate(people=Count("acceptances")).order_by("-number")
