"""What the door keeps for a while: how often somebody tried, and forms that were sent without a session."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Count(models.Model):
    """How often something was tried. `key` is a keyed hash: it says neither who nor from where."""

    key = models.CharField(max_length=43, primary_key=True)
    hits = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"count of {self.hits}"


class SealedForm(models.Model):
    """What was typed into a form whose session had ended. Only the browser that sent it can open it.

    `key` is a hash of that browser's cookie and `sealed` is encrypted with a key made of the same cookie, so
    that neither a copy of the table nor the site's secret alone opens one.
    """

    key = models.CharField(max_length=43, unique=True)
    sealed = models.TextField()
    # Whose session it was, or whoever opened it first; nobody else is given it from then on.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"sealed form {self.pk}"
