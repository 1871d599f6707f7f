"""A net under machina's own code: its questions are answered by our rules. Our views never ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communities.permissions import rights

if TYPE_CHECKING:
    from communities.permissions import AnyUser

# machina's permission -> our action. Whatever is not listed is refused.
ACTION_OF = {
    "can_see_forum": "read",
    "can_read_forum": "read",
    "can_start_new_topics": "post",
    "can_reply_to_topics": "post",
    "can_edit_own_posts": "edit",
    "can_delete_own_posts": "remove",
    "can_post_announcements": "announce",
    "can_post_stickies": "announce",
    "can_attach_file": "upload",
    "can_download_file": "read",
    "can_vote_in_polls": "vote",
    "can_create_polls": "post",
    "can_lock_topics": "moderate",
    "can_move_topics": "moderate",
    "can_edit_posts": "moderate",
    "can_delete_posts": "moderate",
    "can_approve_posts": "moderate",
}


class ForumPermissionChecker:
    def __init__(self, user: AnyUser) -> None:
        self.user = user

    def has_perm(self, perm: str, forum: Any) -> bool:
        return perm in self.get_perms(forum)

    def get_perms(self, forum: Any) -> set[str]:
        tie = getattr(forum.get_root(), "space_tie", None)
        if tie is None:
            return set()
        allowed = rights(self.user, tie.space)
        return {perm for perm, action in ACTION_OF.items() if allowed.allows(action)}
