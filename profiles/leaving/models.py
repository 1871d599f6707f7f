"""A copy of everything about a person, and the wish of a person to be erased. One of each at most."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Problem(models.TextChoices):
        ROOM = "room", _("There was no room left on our disk.")
        OTHER = "other", _("Something went wrong on our side.")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    # Empty until the mail about the outcome has gone.
    told_at = models.DateTimeField(null=True)
    stored = models.OneToOneField(
        "files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="export"
    )

    def __str__(self) -> str:
        return f"export {self.pk}"


class Erasure(models.Model):
    """Asked for; until `due_at` it can be called off. The row goes with the person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure")
    words_too = models.BooleanField(default=False)
    # The account sleeps by losing its approval, and gets it back when the wish is called off.
    was_approved = models.BooleanField()
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"erasure {self.pk}"
