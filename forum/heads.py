"""What stands below the question on the first page of its topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.text import Truncator

from communities.markup import plain

if TYPE_CHECKING:
    from forum.forum_conversation.models import Topic

LONGEST_EXCERPT: Final = 280  # characters


@dataclass(frozen=True, slots=True)
class Solution:
    words: str
    public_id: str
    language: str


def solution_of(topic: Topic) -> Solution | None:
    """`topic` comes from `with_head`."""
    public_id = getattr(topic, "solution_public_id", None)
    if public_id is None:
        return None
    words = plain(getattr(topic, "solution_html", "") or "")
    return Solution(
        Truncator(words).chars(LONGEST_EXCERPT), public_id, getattr(topic, "solution_language", "")
    )
