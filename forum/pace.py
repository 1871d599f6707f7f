"""How fast a topic goes: slow mode, and closing by itself when nobody has written for long.

A topic's own setting counts before its space's; whoever moderates is never held up.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import ngettext

from communities.models import Record
from communities.permissions import require, rights
from communities.shapes import CLOSING
from forum.forum_conversation.models import Post, Topic
from forum.holding import hold_person

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from profiles.models import User

MOST: Final = 200  # topics closed in one tick


class TooSoon(Exception):
    """`minutes` until the person may write again, at least 1."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes

    @property
    def reason(self) -> str:
        return ngettext(
            "This discussion goes slowly: you can write again in %(count)d minute. Your words are kept here.",
            "This discussion goes slowly: you can write again in %(count)d minutes. Your words are kept here.",
            self.minutes,
        ) % {"count": self.minutes}


def minutes_for(by: AnyUser, space: Space, topic: Topic | None = None) -> int:
    """Between two posts of this person, 0 for none. No query where the rights are known."""
    own = topic.slow_minutes if topic else None
    minutes = space.slow_minutes if own is None else own
    return 0 if not minutes or rights(by, space).allows("moderate") else minutes


def require_pause(space: Space, by: User, topic: Topic | None = None) -> None:
    """One post per person in so many minutes: in the topic when it says so itself, otherwise in the whole space.
    In the transaction of the post, with the topic held. No query where nothing is slow. Raises TooSoon."""
    minutes = minutes_for(by, space, topic)
    if not minutes:
        return
    if topic and topic.slow_minutes is not None:
        posts = Post.objects.filter(topic=topic.pk)  # the topic's row is held
    else:
        # Two topics at the same moment: whoever comes second sees what the first has written.
        hold_person(by)
        posts = Post.objects.in_space(space)
    last = posts.filter(poster=by.pk).order_by("-created").values_list("created", flat=True).first()
    left = timedelta(minutes=minutes) - (timezone.now() - last) if last else timedelta()
    if left > timedelta():
        raise TooSoon(ceil(left / timedelta(minutes=1)))


@transaction.atomic
def set_pace(topic: Topic, *, by: User, slow_minutes: int | None, closes_after: int | None) -> None:
    """None: as the space. Raises Refused."""
    require(by, "moderate", topic.space)
    here = Topic.objects.filter(pk=topic.pk, forum=topic.forum_id)
    here.update(slow_minutes=slow_minutes, closes_after=closes_after)
    Record.objects.create(verb="topic_pace_set", actor=by, space=topic.space, person=topic.poster)


def due() -> QuerySet[Topic]:
    """Open, neither pinned nor announced, and nobody has written or opened it again for the days it was given."""
    days = Coalesce("closes_after", "forum__space_tie__space__closes_after")
    rows = Topic.objects.filter(approved=True, status=Topic.TOPIC_UNLOCKED, type=Topic.TOPIC_POST)
    rows = rows.filter(
        forum__space_tie__space__archived_at=None,
        forum__space_tie__space__frozen_at=None,
    ).annotate(days=days, since=Greatest("last_post_on", Coalesce("opened_again_at", "last_post_on")))
    late = Q(pk__in=[])
    for number, _name in CLOSING:
        if number:
            late |= Q(days=number, since__lt=timezone.now() - timedelta(days=number))
    return rows.filter(late)


def tick() -> str:
    """For `communities.hooks.on_tick`."""
    ids = list(due().order_by("pk").values_list("pk", flat=True)[:MOST])
    closed = sum(_close(pk) for pk in ids)
    return f"topics closed by themselves: {closed}"


@transaction.atomic
def _close(pk: int) -> bool:
    """Asked once more with the row held: somebody may have written."""
    Topic.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=pk)
    topic = due().filter(pk=pk).select_related("forum__space_tie__space", "poster").first()
    if topic is None:
        return False
    Topic.objects.filter(pk=pk).update(status=Topic.TOPIC_LOCKED)
    Record.objects.create(verb="topic_closed_itself", actor=None, space=topic.space, person=topic.poster)
    return True
