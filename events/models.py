"""Talks and events. Its words are rows of `EventText`, one per language; moments are kept in UTC."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id
from events.querysets import EventManager

if TYPE_CHECKING:
    from datetime import datetime


class Event(models.Model):
    """A dated happening, of a space or of the network (no space).

    Who reads it stands in `EventQuerySet.visible_to`. The slug of a space's event is random: a path in a
    log says nothing, and stays so when the space becomes hidden. It never changes; calendars know it.
    """

    slug = models.SlugField(unique=True, max_length=60, default=new_public_id, editable=False)
    space = models.ForeignKey(
        "communities.Space",
        verbose_name=_("space"),
        null=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    is_public = models.BooleanField(_("open to everyone"), default=False)
    language = models.CharField(_("main language"), max_length=8, choices=settings.LANGUAGES, default="en")
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        help_text=_("Where the organisers are; readers also see their own time."),
    )
    # ISO 639 codes.
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    interpretation = models.JSONField(_("interpretation into"), default=list, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    url = models.URLField(_("address of the room"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["ends_at"], name="event_by_end"),
            models.Index(fields=["space", "ends_at"], name="event_by_space"),
        ]
        constraints = [
            models.CheckConstraint(name="event_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    @property
    def text(self) -> EventText:
        """The words in the reader's language, else the event's own, else any (`with_card()` beforehand)."""
        rows = {row.language: row for row in self.texts.all()}
        return (
            rows.get(get_language() or "")
            or rows.get(self.language)
            or next(iter(rows.values()), None)
            or EventText(event=self, language=self.language)
        )

    @property
    def is_open(self) -> bool:
        """Everyone on the internet may read it, whatever its space shows."""
        space = self.space
        return space is None or (self.is_public and space.has_events and not space.is_hidden)

    @property
    def is_online(self) -> bool:
        return not self.place

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def starts_there(self) -> datetime:
        """By the organisers' clock."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends_there(self) -> datetime:
        return self.ends_at.astimezone(self.zone)


class EventText(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=8000, blank=True)
    poor_line = models.TextField(
        _("ways in for a poor line"),
        max_length=1000,
        blank=True,
        help_text=_("By telephone, sound only, a summary to read the day after."),
    )

    class Meta:
        verbose_name = _("text of an event")
        verbose_name_plural = _("texts of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "language"], name="one_event_text_per_language")
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"
