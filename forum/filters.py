"""The list of topics by kind: `?kind=`, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from communities.prepared import Prepared
from forum.forum_conversation.models import Topic
from forum.kinds import TopicKind
from forum.models import SpaceForum
from forum.waiting import WaitingPost

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.querysets import TopicQuerySet

# ?kind= -> its words, and the columns it asks for.
FILTERS: Final[dict[str, tuple[_StrPromise, dict[str, Any]]]] = {
    "": (_("All topics"), {}),
    "unsolved": (_("Questions without a solution"), {"kind": TopicKind.QUESTION, "solution": None}),
    "question": (_("Questions"), {"kind": TopicKind.QUESTION}),
    "decision": (_("Decisions"), {"kind": TopicKind.DECISION}),
    "announcement": (_("Announcements"), {"kind": TopicKind.ANNOUNCEMENT}),
}


@dataclass(frozen=True, slots=True)
class Chip:
    value: str
    words: _StrPromise
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows. A value that nobody knows shows everything, as no value does."""

    forum_id: int | None
    value: str
    counts: dict[str, int]
    # Something of the reader's own waits for approval (forum/waiting.py).
    has_waiting: bool

    @property
    def topics(self) -> TopicQuerySet:
        """Pinned first, then by the last word."""
        return topics_of(self.forum_id, **FILTERS[self.value][1])

    @property
    def count(self) -> int:
        return self.counts[self.value]

    @property
    def chips(self) -> list[Chip]:
        """None where all topics are discussions: there is nothing to choose."""
        found = [Chip(value, FILTERS[value][0], count) for value, count in self.counts.items()]
        found = [chip for chip in found if chip.count or chip.value in {"", self.value}]
        return found if len(found) > 1 else []


def topics_of(forum_id: int | None, **columns: Any) -> TopicQuerySet:
    """Pinned first, then by the last word."""
    rows = Topic.objects.filter(forum=forum_id, approved=True, **columns)
    return rows.order_by("-type", "-last_post_on", "-pk")


def shown(space: Space, given: str, reader: AnyUser) -> Shown:
    """One query: the space's node with machina's counter, and a search of the index for each kind."""
    node = _NODE.first(space_id=space.pk, reader_id=reader.pk)
    counts = {name: getattr(node, f"count_{name}", None) or 0 for name in FILTERS}
    has_waiting = bool(getattr(node, "has_waiting", False))
    return Shown(node and node.forum_id, given if given in FILTERS else "", counts, has_waiting)


def _node(space_id: int, reader_id: int | None) -> Any:
    counts = {f"count_{name}": _number(**columns) for name, (_words, columns) in FILTERS.items() if name}
    waiting = WaitingPost.objects.filter(by=reader_id, space=space_id, topic=None)
    return SpaceForum.objects.filter(space=space_id).annotate(
        count_=F("forum__direct_topics_count"), has_waiting=Exists(waiting), **counts
    )


def _number(**columns: Any) -> Subquery:
    rows = Topic.objects.filter(forum=OuterRef("forum"), approved=True, **columns).order_by()
    return Subquery(rows.values("forum").annotate(number=Count("pk")).values("number"))


_NODE: Final = Prepared(_node)
