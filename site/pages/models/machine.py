"""What became of asking a machine for a draft: the translator may have gone on meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail_localize.models import Translation

from pages.machine.problems import Problem

# A worker that died leaves its run open: after so long another may begin.
GIVEN_UP: Final = timedelta(minutes=30)


class MachineRunQuerySet(models.QuerySet["MachineRun"]):
    def under_way(self) -> MachineRunQuerySet:
        return self.filter(ended_at=None, asked_at__gt=timezone.now() - GIVEN_UP)

    def given_up(self) -> MachineRunQuerySet:
        return self.filter(ended_at=None, asked_at__lte=timezone.now() - GIVEN_UP)


class MachineRun(models.Model):
    """One request for drafts of one translation. No word of the page is kept here."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    host = models.CharField(max_length=255, blank=True)
    problem = models.CharField(max_length=20, choices=Problem, blank=True)
    filled = models.PositiveIntegerField(default=0)
    # Passages that came back without their links or bold, or with something that was not there: left empty.
    damaged = models.PositiveIntegerField(default=0)

    objects = MachineRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation"], condition=models.Q(ended_at=None), name="one_machine_run_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"drafts for translation {self.translation_id}"

    def end(self, **facts: Any) -> None:
        for name, value in {**facts, "ended_at": timezone.now()}.items():
            setattr(self, name, value)
        self.save()

    @property
    def words(self) -> str:
        """What went wrong, for the reader; empty when nothing did."""
        if not self.problem:
            return ""
        source, target = self.translation.source.locale, self.translation.target_locale
        names = {"source": _name(source.language_code), "target": _name(target.language_code)}
        return str(Problem(self.problem).label) % {"host": self.host, **names}


def _name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
