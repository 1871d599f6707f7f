"""What is between a person and those who look after a space: a post that waits for approval, and words from the space.

What waits is no post: it has no place in a topic, no number and no entry anywhere, so that no list, count, feed,
search or mail has to leave it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from communities.public_ids import new_public_id
from forum.kinds import Chosen

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from forum import polling


class WaitingPostQuerySet(models.QuerySet["WaitingPost"]):
    def with_case(self) -> WaitingPostQuerySet:
        return self.select_related("by", "topic").prefetch_related("files__stored").order_by("pk")

    def of(self, user: AnyUser) -> WaitingPostQuerySet:
        """One's own; a visitor has none."""
        return self.filter(by=user.pk) if user.is_authenticated else self.none()


class WaitingPost(Chosen, models.Model):
    """Its public id becomes that of the topic or post it is made. Without `topic` it opens one."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        "forum_conversation.Topic", null=True, on_delete=models.CASCADE, related_name="waiting_posts"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255, blank=True)
    content = models.TextField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    # What else posting takes: kind, themes, whom it names, what it answers (ids).
    more = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = WaitingPostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"waiting post {self.pk}"

    @property
    def title(self) -> str:
        return self.topic.subject if self.topic else self.subject

    @property
    def poll(self) -> polling.Draft | None:
        """What will be voted on."""
        from forum import polling

        kept = self.more.get("poll")
        return polling.Draft.found(kept) if kept else None

    @property
    def html(self) -> SafeString:
        from communities.markup import render

        return SafeString(render(self.content))


class WaitingFile(models.Model):
    waiting = models.ForeignKey(WaitingPost, on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="waiting_file")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file {self.stored_id} of waiting post {self.waiting_id}"


class Notice(models.Model):
    """Words from the space to one person, about something they wrote. They cannot be answered."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    # Their own words that it is about, when they stand nowhere else any more; or the post.
    about = models.TextField(blank=True)
    post = models.ForeignKey("forum_conversation.Post", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"notice {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forum:notice", args=[self.space.slug, self.public_id])
