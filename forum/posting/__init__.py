"""Writing in the forum: a topic, a reply, an edit. Nothing else inserts or changes a topic or a post.

Each verb asks the right, writes rows with their rendered text, moves machina's counters by one under the
topic's row lock, and tells feed, mail and search, all in one transaction.
"""

from forum.holding import TopicGone
from forum.posting.editing import edit
from forum.posting.opening import open_topic
from forum.posting.replying import reply
from forum.posting.rows import (
    FILE_KIND,
    LONGEST_CONTENT,
    LONGEST_SUBJECT,
    MOST_FILES,
    TopicLocked,
    keep,
    slug_of,
)

__all__ = [
    "FILE_KIND",
    "LONGEST_CONTENT",
    "LONGEST_SUBJECT",
    "MOST_FILES",
    "TopicGone",
    "TopicLocked",
    "edit",
    "keep",
    "open_topic",
    "reply",
    "slug_of",
]
