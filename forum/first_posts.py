"""Whether what somebody writes waits for approval: a space may ask for it until one post of theirs was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.permissions import rights
from forum.forum_conversation.models import Post

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User


class NeedsApproval(Exception):
    """Nothing was posted: hand it in (forum/approving.py)."""


def needs_approval(space: Space, by: User) -> bool:
    """No query where the space does not ask for it."""
    if not space.approves_first or rights(by, space).allows("moderate"):
        return False
    return not Post.objects.in_space(space).filter(poster=by.pk, approved=True).exists()
