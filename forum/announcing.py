"""Announcements: on top for a month, and mailed to every member once a day at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from communities.activity import record
from communities.models import Activity
from forum import recipients
from forum.forum_conversation.models import Topic

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

ON_TOP: Final = timedelta(days=30)
# Twenty-four hours instead of a date: no time zone has two mails around its midnight.
QUIET: Final = timedelta(hours=24)
MAILED: Final = "announcement_posted"
IN_THE_FEED: Final = "announcement_added"


def pin_of_announcement(at: datetime) -> tuple[int, datetime | None]:
    """machina's type, and until when: one that was written long ago elsewhere is not pinned any more."""
    until = at + ON_TOP
    return (Topic.TOPIC_ANNOUNCE, until) if until > timezone.now() else (Topic.TOPIC_POST, None)


def was_mailed_today(space: Space) -> bool:
    rows = Activity.objects.filter(space=space.pk, kind=MAILED)
    return rows.filter(created_at__gt=timezone.now() - QUIET).exists()


def announce(topic: Topic, by: User, space: Space, *, told: Collection[int] = ()) -> None:
    """Holds the forum's row already: of two at once the second finds the first. `told` hear of it otherwise."""
    if was_mailed_today(space):
        record(IN_THE_FEED, actor=by, space=space, target=topic)
    else:
        people = recipients.of_announcement(space).exclude(pk__in=told)
        record(MAILED, actor=by, space=space, target=topic, recipients=people)
