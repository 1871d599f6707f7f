"""A copy of a whole space: asked for by a facilitator, made in the background, kept for three days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SpaceExport(models.Model):
    """One row per space."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Problem(models.TextChoices):
        ROOM = "room", _("There was no room left on our disk.")
        OTHER = "other", _("Something went wrong on our side.")

    space = models.OneToOneField("communities.Space", on_delete=models.CASCADE, related_name="export")
    # Nobody: they are erased meanwhile.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="space_exports"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    stored = models.OneToOneField(
        "files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="space_export"
    )

    class Meta:
        app_label = "communities"

    def __str__(self) -> str:
        return f"export of space {self.space_id}"
