"""What somebody takes along of reactions and saved posts, and what goes when they leave a space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.leaving import address_of, names_for
from communities.parts import CHUNK, Part, Row, Words
from forum.forum_conversation.models import Post
from forum.talking.models import Reaction, Saved

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User


def forget_in_space(user: User, space: Space) -> None:
    """For `communities.hooks.on_leave`. A reaction was said to others, as a post is: it stays."""
    Saved.objects.in_space(space).filter(person=user.pk).delete()


def parts(user: User) -> list[Part]:
    place = {"topic": _("Topic"), "space": _("Space"), "address": _("Address")}
    return [
        Part(
            name="reactions",
            title=_("Your reactions to posts"),
            keys={"reaction": _("Reaction"), "at": _("When"), **place},
            rows=lambda: _reactions(user),
        ),
        Part(
            name="saved_posts",
            title=_("Posts you saved"),
            keys={"note": _("Your note"), "at": _("When"), **place},
            rows=lambda: _saved(user),
        ),
    ]


def _reactions(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Reaction.objects.filter(person=user.pk).order_by("pk")
    rows = rows.select_related("post__topic__forum__space_tie__space")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {"reaction": row.get_kind_display(), "at": row.at, **_place(row.post, names)}


def _saved(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Saved.objects.filter(person=user.pk).select_related("post__topic__forum__space_tie__space")
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        yield {"note": Words(row.note, ""), "at": row.at, **_place(row.post, names)}


def _place(post: Post, names: dict[int, str]) -> Row:
    """As long as it may be read."""
    topic = post.topic
    if not (post.approved and topic.approved and topic.space.pk in names):
        return {}
    return {
        "topic": Words(topic.subject, topic.language),
        "space": names[topic.space.pk],
        "address": address_of("forum:post", topic.space.slug, post.public_id),
    }
