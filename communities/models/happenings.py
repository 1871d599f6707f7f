"""What happened, and who was told. Ids only: titles are resolved for each reader."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.spaces import Space
from communities.public_ids import new_public_id
from communities.querysets import ActivityQuerySet, NotificationQuerySet


class Activity(models.Model):
    """Something that happened, recorded once. Ids only: titles are resolved for each reader."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="activities")
    target_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "-created_at", "-id"], name="activity_of_space"),
            models.Index(fields=["-created_at", "-id"], name="activity_by_time"),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk} ({self.kind})"


class Notification(models.Model):
    """One person's copy of an activity, and the outbox: `mailed_at` is empty until the mail has gone."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        WITHHELD = "withheld", _("withheld: the right was gone")
        FAILED = "failed", _("failed")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "recipient"], name="one_notification_per_person")
        ]
        indexes = [models.Index(fields=["recipient", "-id"], name="notification_by_person")]

    def __str__(self) -> str:
        return f"notification {self.pk}"
