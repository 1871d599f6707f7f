"""What we keep about translations beside wagtail-localize's own tables. Ids and public words, no names of people."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Baseline(models.Model):
    """The passages of a translation as they stood when it was last published: what its readers see.

    wagtail-localize keeps the source as it is now, and every sentence ever translated, but not which of them were
    on the page together. Without that, nobody could show what has changed. Goes with its translation.
    """

    translation = models.OneToOneField(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="baseline"
    )
    # [[path, words of the source, words of the translation], …] in the order of the page
    passages = models.JSONField(default=list)
    # {path: value of the source} of pictures, links and other values that a translator may replace
    values = models.JSONField(default=dict)
    # When the source first changed after that.
    waiting_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "pages"

    def __str__(self) -> str:
        return f"baseline {self.pk}"


class Wish(models.Model):
    """A reader would like this page in their language. Counted on the board; gone when it is there."""

    translation_key = models.UUIDField()
    language = models.CharField(max_length=8)
    # A salted hash of who asked, so that asking twice is asking once; empty after 30 days (`tick`).
    who = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "pages"
        indexes = [models.Index(fields=["asked_at"], name="wish_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language", "who"],
                condition=~models.Q(who=""),
                name="one_wish_per_reader",
            )
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class TreeTranslationQuerySet(models.QuerySet["TreeTranslation"]):
    def unfinished(self) -> TreeTranslationQuerySet:
        return self.filter(finished_at=None, cancelled_at=None)


class TreeTranslation(models.Model):
    """A page and everything below it, on the way into several languages as drafts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    root = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    languages = models.JSONField(default=list)  # codes, sorted
    created_at = models.DateTimeField(auto_now_add=True)
    # Whoever is at work says until when; one that was killed is replaced after that.
    leased_until = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = TreeTranslationQuerySet.as_manager()

    class Meta:
        app_label = "pages"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"tree {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None


class TreeStep(models.Model):
    """One page of a tree, in all its languages at once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("not possible")

    tree = models.ForeignKey(TreeTranslation, on_delete=models.CASCADE, related_name="steps")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # The kind of error, never its words: they may hold what is on the page.
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "pages"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["tree", "page"], name="one_step_per_page")]

    def __str__(self) -> str:
        return f"step {self.pk}"
