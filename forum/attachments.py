"""Who may read a file of a post: whoever may read the post, at this moment; before that, who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forum.forum_conversation.models import Post
from forum.written import Upload

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from files.models import StoredFile


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`. A hidden post's files are hidden with it."""
    if Post.objects.visible_to(user).filter(files__stored=stored.pk).exists():
        return True
    return user.is_active and Upload.objects.filter(stored=stored.pk, user=user.pk or 0).exists()
