"""What becomes of every column that leads to a person."""

from __future__ import annotations

from typing import Final

from communities.fates import End, Fate

FORMER: Final = "others' answers hang on it; it leads to a former member"
UNUSED: Final = "machina's, of which this site makes no use"
FATES: Final = {
    "forum_conversation.Topic.poster": Fate(End.KEPT, "topics", FORMER),
    "forum_conversation.Post.poster": Fate(End.KEPT, "posts", FORMER),
    "forum_conversation.Post.updated_by": Fate(End.UNSET, "", "authors alone change their posts"),
    "forum_conversation.Post.username": Fate(End.UNSET, "", UNUSED),
    "forum_conversation.Topic_subscribers.user": Fate(End.DELETED, "topics_followed"),
    "space_forum.ReadMark.user": Fate(End.DELETED, "topics_read"),
    "space_forum.Report.by": Fate(End.UNSET, "post_reports"),
    "space_forum.Subscription.person": Fate(End.DELETED, "subscriptions"),
    "space_forum.WaitingPost.by": Fate(End.DELETED, "posts_waiting"),
    "space_forum.Notice.person": Fate(End.DELETED, "notices"),
    "space_forum.Ballot.voter": Fate(End.DELETED, "ballots"),
    "space_forum.Hiding.by": Fate(End.KEPT, "deeds", "a moderator's deed stays on record"),
    "space_forum.Mention.person": Fate(End.KEPT, "", "the words of others; it leads to a former member"),
    "space_forum.Reaction.person": Fate(End.DELETED, "reactions"),
    "space_forum.Saved.person": Fate(End.DELETED, "saved_posts"),
    "space_forum.Draft.user": Fate(End.DELETED, "drafts"),
    "space_forum.Upload.user": Fate(End.DELETED, "drafts"),
    "forum_permission.UserForumPermission.user": Fate(End.DELETED, "", UNUSED),
    "forum_polls.TopicPollVote.voter": Fate(End.DELETED, "", UNUSED),
    "forum_tracking.ForumReadTrack.user": Fate(End.DELETED, "", UNUSED),
    "forum_tracking.TopicReadTrack.user": Fate(End.DELETED, "", UNUSED),
}
