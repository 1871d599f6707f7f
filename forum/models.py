"""What ties machina's forums to spaces, and machina's posts to our files."""

from __future__ import annotations

from django.db import models


class SpaceForum(models.Model):
    """A space and its root node in machina's tree."""

    space = models.OneToOneField("communities.Space", on_delete=models.CASCADE, related_name="forum_tie")
    forum = models.OneToOneField("forum.Forum", on_delete=models.CASCADE, related_name="space_tie")

    def __str__(self) -> str:
        return f"forum of space {self.space_id}"


class PostFile(models.Model):
    post = models.ForeignKey("forum_conversation.Post", on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="post_file")

    def __str__(self) -> str:
        return f"file {self.stored_id} of post {self.post_id}"
