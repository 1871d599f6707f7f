from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from communities.models import Space
    from forum.talking.models import Saved  # noqa: F401 -- named in a string
    from profiles.models import User


class SavedQuerySet(models.QuerySet["Saved"]):
    def visible_to(self, user: User) -> SavedQuerySet:
        """One's own, as long as the post may be read. Newest first."""
        from forum.forum_conversation.models import Post

        rows = self.filter(person=user.pk, post__in=Post.objects.visible_to(user))
        return rows.order_by("-at", "-pk")

    def in_space(self, space: Space) -> SavedQuerySet:
        return self.filter(post__topic__forum__space_tie__space=space.pk)

    def with_line(self) -> SavedQuerySet:
        return self.select_related("post__topic__forum__space_tie__space", "post__poster").prefetch_related(
            "post__topic__forum__space_tie__space__texts"
        )
