"""The prepared queries of the pages that are read most, and the posts of a topic as pages are cut out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from communities.prepared import Prepared
from forum.filters import topics_of
from forum.forum_conversation.models import Post, Topic
from forum.paging import PAGE_SIZE
from forum.querysets import bring_files

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.filters import Shown
    from forum.querysets import PostQuerySet, TopicQuerySet


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose id is all that counts: a space that was authorised, a topic of it, a reader's own marks."""

    pk: int | None


def _of(pk: int | None) -> Any:
    return cast(Any, _Of(pk))


def _topic(space_id: int, user_id: int | None, public_id: str) -> Any:
    rows = (
        Topic.objects.of(_of(space_id)).with_mark_of(_of(user_id)).with_waiting_of(_of(user_id)).with_head()
    )
    return rows.filter(public_id=public_id).defer("slug", "updated").order_by()


def _posts(topic_id: int, space_id: int) -> PostQuerySet:
    return Post.objects.of(_of(topic_id)).with_voice(_of(space_id))


_TOPIC: Final = Prepared(_topic)
_FIRST: Final = Prepared(lambda **of: _posts(**of)[:PAGE_SIZE])
# Up to the last one the topic's row knew of: what comes in meanwhile is on nobody's page yet.
_LAST: Final = Prepared(lambda last, **of: _posts(**of).filter(pk__lte=last).order_by("-pk")[:PAGE_SIZE])


def _lines(forum_id: int, user_id: int | None) -> TopicQuerySet:
    return topics_of(forum_id).with_line().with_mark_of(_of(user_id))[:PAGE_SIZE]


_LINES: Final = Prepared(_lines)


class Lines:
    """The topics of a forum as a list shows them, to be cut into pages; the first page of all kinds was prepared."""

    def __init__(self, shown: Shown, reader: AnyUser) -> None:
        self.shown, self.reader = shown, reader

    def __len__(self) -> int:
        return self.shown.count

    def __getitem__(self, part: slice) -> list[Topic]:
        forum = self.shown.forum_id
        if forum is not None and not self.shown.value and part.start == 0 and part.stop <= PAGE_SIZE:
            return _LINES(forum_id=forum, user_id=self.reader.pk)[: part.stop]
        return list(self.shown.topics.with_line().with_mark_of(self.reader)[part])


def topic_of(space: Space, reader: AnyUser, public_id: str) -> Topic | None:
    """One of a space that the caller has authorised."""
    found = _TOPIC.first(space_id=space.pk, user_id=reader.pk, public_id=public_id)
    if found is not None:
        found.space = space
    return found


class Voices:
    """The posts of a topic, oldest first, to be cut into pages. The first and the last page cost the same in a topic
    of twenty posts and of ten thousand; the others are counted from the nearer end.
    """

    def __init__(self, topic: Topic, space: Space) -> None:
        self.topic, self.count = topic, topic.posts_count
        self.of = {"topic_id": topic.pk, "space_id": space.pk}

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, part: slice) -> list[Post]:
        return bring_files(self._rows(part.start, part.stop))

    def _rows(self, start: int, stop: int) -> list[Post]:
        last = self.topic.last_post_id
        if start == 0 and stop <= PAGE_SIZE:
            return _FIRST(**self.of)[:stop]
        if last is None:
            return list(_posts(**self.of)[start:stop])
        if stop == self.count and stop - start <= PAGE_SIZE:
            return _LAST(last=last, **self.of)[: stop - start][::-1]
        behind = self.count - stop
        if behind >= start:
            return list(_posts(**self.of)[start:stop])
        rows = _posts(**self.of).filter(pk__lte=last).order_by("-pk")
        return list(rows[behind : behind + stop - start])[::-1]
