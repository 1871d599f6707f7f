"""What a person takes along: everything they wrote in the forum, in spaces they may still read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forum.forum_conversation.models import Post

if TYPE_CHECKING:
    from profiles.models import User


def words_of(user: User) -> dict[str, Any]:
    rows = Post.objects.visible_to(user).with_space().filter(poster=user.pk).prefetch_related("files__stored")
    return {"posts": [_as_data(post) for post in rows.order_by("pk")]}


def _as_data(post: Post) -> dict[str, Any]:
    return {
        "topic": post.topic.subject,
        "written_at": post.created.isoformat(),
        "language": post.language,
        "content": post.content.raw,
        "address": post.get_absolute_url(),
        "files": [file.stored.url for file in post.files.all()],
    }
