"""Who may read a file of a post: whoever may read the post, at this moment; before that, who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from communities.models import Space
from forum.forum_conversation.models import Post
from forum.waiting import WaitingPost
from forum.written import Upload

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from files.models import StoredFile


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`. A hidden post's files are hidden with it; what waits is its author's and the moderators'."""
    if Post.objects.visible_to(user).filter(files__stored=stored.pk).exists():
        return True
    if not user.is_active:
        return False
    if Upload.objects.filter(stored=stored.pk, user=user.pk or 0).exists():
        return True
    spaces = Space.objects.allowing(user, "moderate")
    waiting = WaitingPost.objects.filter(files__stored=stored.pk)
    return waiting.filter(Q(by=user.pk or 0) | Q(space__in=spaces)).exists()
