"""What stands below the question on the first page of its topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.text import Truncator

from communities.markup import plain
from forum.talking.reading import bare
from themes.models import named_by

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
    words = plain(bare(getattr(topic, "solution_html", "") or ""))
    return Solution(
        Truncator(words).chars(LONGEST_EXCERPT), public_id, getattr(topic, "solution_language", "")
    )


def themes_of(topic: Topic) -> list[str]:
    """Their names in the reader's language; one query, and only where `with_head` found one."""
    if not getattr(topic, "has_themes", False):
        return []
    rows: Any = topic.themes.order_by("slug")
    columns = ("slug", "names__language", "names__name")
    return named_by((topic.pk, *row) for row in rows.values_list(*columns)).get(topic.pk, [])
