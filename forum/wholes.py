"""What the copy of a whole space holds of its forum: topics and posts that every member reads, and their files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from communities.parts import CHUNK, Coded, Part, Row, Words, language_of
from forum import polls
from forum.forum_conversation.models import Post, Topic

if TYPE_CHECKING:
    from communities.models import Space


def parts(space: Space) -> list[Part]:
    """For `communities.hooks.on_whole`. What moderators hid is nobody's, and a forum that is off shows nothing."""
    if not space.has_forum:
        return []
    return [
        Part(
            name="topics",
            title=_("Topics"),
            keys={
                "number": _("Number"),
                "topic": _("Topic"),
                "kind": _("Kind"),
                "author": _("Written by"),
                "written_at": _("Written"),
                "posts": _("Posts"),
                "solution": _("Solution"),
                "vote": _("What is voted on"),
            },
            rows=lambda: _topics(space),
        ),
        Part(
            name="posts",
            title=_("Posts"),
            keys={
                "number": _("Number"),
                "topic": _("Topic"),
                "author": _("Written by"),
                "written_at": _("Written"),
                "content": _("Text"),
                "language": _("Language"),
                "files": _("Files"),
            },
            rows=lambda: _posts(space),
        ),
    ]


def _topics(space: Space) -> Iterator[Row]:
    rows = Topic.objects.of(space).select_related("poster").order_by("pk").with_decision()
    for topic in rows.iterator(chunk_size=CHUNK):
        yield {
            "number": topic.public_id,
            "topic": Words(topic.subject, topic.language),
            "kind": Coded(topic.kind, topic.get_kind_display()),
            "author": _name(topic.poster),
            "written_at": topic.created,
            "posts": topic.posts_count,
            "solution": topic.solution_public_id or "",
            "vote": polls.in_words(topic),
        }


def _posts(space: Space) -> Iterator[Row]:
    rows = Post.objects.filter(approved=True, topic__in=Topic.objects.of(space)).exclude(_content_rendered="")
    rows = rows.order_by("topic", "pk")
    rows = rows.select_related("topic", "poster").prefetch_related("files__stored")
    for post in rows.iterator(chunk_size=CHUNK):
        yield {
            "number": post.public_id,
            "topic": Words(post.topic.subject, post.topic.language),
            "author": _name(post.poster),
            "written_at": post.created,
            "content": Words(post.content.raw, post.language),
            "language": language_of(post.language),
            "files": [file.stored for file in post.files.all()],
        }


def _name(person: Any) -> Words:
    """As it stands under the post."""
    return Words(person.display_name if person else "", "")
