"""What hangs on posts: who is named in them, what readers say with one word, what somebody keeps."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.talking.querysets import SavedQuerySet

LONGEST_NOTE: Final = 500  # characters


class Mention(models.Model):
    """Somebody named in a post, at the time one of those who read it. Kept when an edit takes the name out."""

    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # As it was typed: the raw text says it too, and both forget it when the person is erased.
    words = models.CharField(max_length=60)

    class Meta:
        app_label = "space_forum"
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="one_mention_of_person_per_post")
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class Reaction(models.Model):
    """One word of a reader to a post."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("Thank you")
        AGREE = "agree", _("I agree")
        USEFUL = "useful", _("Useful to me")
        WITH_YOU = "with_you", _("I stand with you")
        DOUBT = "doubt", _("I have a doubt")

    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "space_forum"
        constraints = [
            models.UniqueConstraint(fields=["post", "kind", "person"], name="one_reaction_of_a_kind")
        ]
        indexes = [models.Index(fields=["person", "at"], name="reactions_of_person")]

    def __str__(self) -> str:
        return f"reaction {self.pk}"

    @property
    def icon(self) -> str:
        from forum.talking.reactions import ICONS

        return ICONS[self.kind]


class Saved(models.Model):
    """A post somebody keeps for later, with a note that only they read. A topic is kept by its first post."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = SavedQuerySet.as_manager()

    class Meta:
        app_label = "space_forum"
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="saved_once_per_person")]

    def __str__(self) -> str:
        return f"saved {self.pk}"
