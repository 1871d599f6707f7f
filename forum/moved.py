"""Links left behind by topics that were moved or merged. They lead on for whoever may read the new place, and for
everybody else they are addresses that never were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post, Topic


class Moved(models.Model):
    """In `space`, `public_id` was the address of what `topic` holds now, wherever that is."""

    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20)
    topic = models.ForeignKey("forum_conversation.Topic", on_delete=models.CASCADE, related_name="old_places")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "public_id"], name="one_new_place_per_address")
        ]

    def __str__(self) -> str:
        return f"moved {self.pk}"


def leave_link(space: Space, public_id: str, topic: Topic) -> None:
    Moved.objects.update_or_create(space=space, public_id=public_id, defaults={"topic": topic})


def topic_from(user: AnyUser, space: Space, public_id: str) -> Topic | None:
    """What was at that address of the space, when `user` may read it where it is now."""
    from forum.forum_conversation.models import Topic

    left = Moved.objects.filter(space=space.pk, public_id=public_id)
    return Topic.objects.visible_to(user).with_space().filter(pk__in=left.values("topic")).first()


def post_from(user: AnyUser, space: Space, public_id: str) -> Post | None:
    """A post whose topic was once in the space."""
    from forum.forum_conversation.models import Post

    left = Moved.objects.filter(space=space.pk)
    rows = Post.objects.visible_to(user).with_space().filter(public_id=public_id)
    return rows.filter(topic__in=left.values("topic")).first()
