"""What somebody keeps for later, with a note of theirs. Nobody else learns of it, not even the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forum.talking.models import Saved

if TYPE_CHECKING:
    from forum.forum_conversation.models import Post
    from profiles.models import User


def save(post: Post, by: User, note: str) -> Saved:
    """Again: the note is changed, and its place in the list stays."""
    row, _made = Saved.objects.update_or_create(
        post=post, person=by, defaults={"note": note}, create_defaults={"note": note, "at": timezone.now()}
    )
    return row


def of(post: Post, user: User) -> Saved | None:
    return Saved.objects.filter(post=post, person=user.pk).first()


def let_go(post: Post, by: User) -> None:
    Saved.objects.filter(post=post, person=by).delete()
