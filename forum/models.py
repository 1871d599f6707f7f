"""Ties machina's forums to spaces, its posts to our files, and readers to how far they have read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.following import Subscription
from forum.moved import Moved
from forum.querysets import ReportQuerySet
from forum.waiting import Notice, WaitingFile, WaitingPost
from forum.written import Draft, Removal, RemovedFile, Revision, Upload

__all__ = [
    "Draft",
    "Hiding",
    "Moved",
    "Notice",
    "PostFile",
    "ReadMark",
    "Removal",
    "RemovedFile",
    "Report",
    "Revision",
    "SpaceForum",
    "Subscription",
    "Upload",
    "WaitingFile",
    "WaitingPost",
]


class SpaceForum(models.Model):
    """A space and its root node in machina's tree."""

    space = models.OneToOneField("communities.Space", on_delete=models.CASCADE, related_name="forum_tie")
    forum = models.OneToOneField("forum.Forum", on_delete=models.CASCADE, related_name="space_tie")

    def __str__(self) -> str:
        return f"forum of space {self.space_id}"


class PostFile(models.Model):
    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="post_file")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file {self.stored_id} of post {self.post_id}"


class ReadMark(models.Model):
    """How far a person has read a topic; written only when they see something new.

    machina's own tracks keep a time. A post's id says exactly what was on the page, and a count of posts
    makes "3 new" a subtraction instead of a search through the topic.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey("forum_conversation.Topic", on_delete=models.CASCADE, related_name="marks")
    post = models.BigIntegerField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_read_mark_per_topic")]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class Report(models.Model):
    """A reader's word to the moderators of a space about a post; one per person."""

    class Reason(models.TextChoices):
        PERSON = "person", _("It puts a person in danger or says who they are")
        INSULT = "insult", _("It insults or threatens")
        SPAM = "spam", _("It is advertising")
        OTHER = "other", _("Something else")

    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="one_report_of_post_per_person")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Hiding(models.Model):
    """A post that a moderator took out of sight. Ends with its row; the record keeps what was done."""

    post = models.OneToOneField(
        "forum_conversation.Post", on_delete=models.CASCADE, related_name="hiding", primary_key=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"hiding of post {self.post_id}"


class Poll(models.Model):
    """The question of a decision is the topic itself; here is how it is voted on.

    Not machina's: its polls know days instead of a moment, no end of ballots, and nothing that keeps two votes
    of one person apart.
    """

    topic = models.OneToOneField(
        "forum_conversation.Topic", on_delete=models.CASCADE, related_name="decision", primary_key=True
    )
    most = models.PositiveSmallIntegerField(default=1)
    closes_at = models.DateTimeField(null=True)
    results_at_end = models.BooleanField(default=False)
    # By hand, or by `tick` after the deadline; then the ballots are gone, and only numbers are left.
    counted_at = models.DateTimeField(null=True)
    voters = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"poll of topic {self.topic_id}"

    @property
    def is_over(self) -> bool:
        return self.counted_at is not None or (
            self.closes_at is not None and self.closes_at <= timezone.now()
        )


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=200)
    # Of a poll that was counted.
    tally = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "text"], name="one_option_per_text")]

    def __str__(self) -> str:
        return f"option {self.pk}"


class Ballot(models.Model):
    """One person's vote, as long as it can be changed. Nobody is shown whose it is, and counting destroys it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    options = models.ManyToManyField(PollOption, related_name="ballots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="one_ballot_per_person")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"


from forum.talking.models import Mention, Reaction, Saved  # noqa: E402, F401 -- models of this app, in their own module
