"""What is kept of somebody's writing beside the post itself: earlier words, words taken back, words begun.

Models only; the verbs are in history.py, bin.py and drafts.py.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id
from forum.kinds import Chosen


class Revision(models.Model):
    """The words of a post before one of its author's edits. Nobody else changes a post, so it names nobody."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="revisions")
    # Of the topic, where the post opens it.
    subject = models.CharField(max_length=255, blank=True)
    content = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    # When these words were written, and when others took their place.
    written_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    # By a moderator; the record says who and why.
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["post", "id"], name="revision_of_post")]

    def __str__(self) -> str:
        return f"revision {self.pk}"


class Removal(models.Model):
    """A post in its author's bin: its words lie here alone, so that nothing that shows posts can show them."""

    post = models.OneToOneField(
        "forum_conversation.Post", on_delete=models.CASCADE, related_name="removal", primary_key=True
    )
    content = models.TextField()
    rendered = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    # It opened a topic that nobody had answered: the topic is out of sight as well.
    took_topic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"removal of post {self.post_id}"

    @property
    def html(self) -> SafeString:
        """What `communities.markup.render` made when it was written."""
        return SafeString(self.rendered)


class RemovedFile(models.Model):
    removal = models.ForeignKey(Removal, on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="removed_file")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file {self.stored_id} of a removed post"


class Draft(Chosen, models.Model):
    """Words begun and not published: one of each person in each topic, and one for a new topic in each space."""

    class Refusal(models.TextChoices):
        """Why it was not published at its hour."""

        RIGHT = "right", _("You could not write there any more.")
        LOCKED = "locked", _("The topic had been closed.")
        GONE = "gone", _("The topic was not shown any more.")
        INCOMPLETE = "incomplete", _("Something was missing, or the vote would have been over already.")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        "forum_conversation.Topic", null=True, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.TextField(blank=True)
    content = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    # What is voted on, one in each line; and what else was chosen in the form, as it came (forum/begun.py).
    options = models.TextField(blank=True)
    more = models.JSONField(default=dict)
    # Of the form it was begun in, so that two devices publish one post (communities/submissions.py).
    key = models.CharField(max_length=200, blank=True)
    # Goes up with every change: whoever writes says which one they started from.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    # When it is to be published by itself (scheduling.py), and what came in between.
    publish_at = models.DateTimeField(null=True, db_index=True)
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic"], condition=Q(topic__isnull=False), name="one_draft_per_topic"
            ),
            models.UniqueConstraint(
                fields=["user", "space"],
                condition=Q(topic__isnull=True),
                name="one_draft_of_a_topic_per_space",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Upload(models.Model):
    """A file on its way into a post: read by whoever sent it alone, until the post is published."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        "forum_conversation.Topic", null=True, on_delete=models.CASCADE, related_name="+"
    )
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="upload")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"upload {self.pk}"
