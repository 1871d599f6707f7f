"""Rows of a person's copy: where they were, what they chose, what they were told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from communities.leaving import address_of, names_for
from communities.parts import CHUNK, Row, Words, value_of
from forum.forum_conversation.models import Topic
from forum.models import Ballot, Notice, Subscription

if TYPE_CHECKING:
    from profiles.models import User


def place_of(topic: Topic, names: dict[int, str]) -> dict[str, str]:
    """The space and the address of a topic, as long as it may be read."""
    if not topic.approved or topic.space.pk not in names:
        return {}
    return {
        "space": names[topic.space.pk],
        "address": address_of("forum:topic", topic.space.slug, topic.public_id),
    }


def places(user: User, rows: Any, *columns: str) -> Iterator[Row]:
    """Of topics that may be read now; of the others nothing."""
    names = names_for(user)
    rows = rows.filter(topic__approved=True, topic__forum__space_tie__space__in=names)
    rows = rows.select_related("topic__forum__space_tie__space").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "topic": Words(row.topic.subject, row.topic.language),
            **place_of(row.topic, names),
            **{name: getattr(row, name) for name in columns},
        }


def ballots(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = Ballot.objects.filter(voter=user.pk).select_related("poll__topic__forum__space_tie__space")
    for ballot in rows.prefetch_related("options").order_by("pk").iterator(chunk_size=CHUNK):
        topic = ballot.poll.topic
        is_reachable = topic.approved and topic.space.pk in names
        yield {
            "topic": Words(topic.subject, topic.language) if is_reachable else "",
            **place_of(topic, names),
            "chosen": "; ".join(option.text for option in ballot.options.all()) if is_reachable else "",
        }


def subscriptions(user: User) -> Iterator[Row]:
    """Of what may be read now; of the rest nothing."""
    names = names_for(user)
    rows = Subscription.objects.filter(person=user.pk).select_related(
        "space", "topic__forum__space_tie__space"
    )
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        space = row.space or (row.topic.space if row.topic and row.topic.approved else None)
        if space is None or space.pk not in names:
            continue
        place = place_of(row.topic, names) if row.topic else {"space": names[space.pk]}
        topic = Words(row.topic.subject, row.topic.language) if row.topic else ""
        yield {"topic": topic, **place, "level": value_of(row, "level")}


def notices(user: User) -> Iterator[Row]:
    names = names_for(user)
    for row in Notice.objects.filter(person=user.pk).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "words": Words(row.words, ""),
            "about": Words(row.about, ""),
            "space": names.get(row.space_id, ""),
            "at": row.at,
        }
