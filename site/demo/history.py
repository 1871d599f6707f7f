"""What happened, told in the order in which it happened: feeds and pages of a topic go by id.

Each deed is one transaction with a key that never runs out, so that an interrupted run goes on with the deed
that is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from communities.submissions import Submission
from demo import comments, events, topics
from demo.deeds import Deed
from demo.world import World

# A key of a form is forgotten after some weeks (submissions.forget_old); one of these never.
FOR_GOOD: Final = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)


def load(world: World) -> None:
    if tell(world, [*topics.deeds(world), *events.deeds(world)]):
        topics.decide(world)
        topics.pin_and_lock()
        topics.mark_read(world)


def load_comments(world: World) -> None:
    """When the pages are there."""
    tell(world, comments.deeds(world))


def tell(world: World, deeds: Iterable[Deed]) -> bool:
    """What was not told before, in the order of time. False when there was nothing left to tell."""
    deeds = sorted(deeds, key=lambda deed: deed.moment)
    done = set(Submission.objects.filter(created_at=FOR_GOOD).values_list("key", flat=True))
    for deed in world.progress.of(deeds, len(deeds)):
        if deed.key not in done:
            _do(world, deed)
            world.progress.made += 1
    return bool(world.progress.made)


@transaction.atomic
def _do(world: World, deed: Deed) -> None:
    deed.do(world, deed)
    Submission.objects.filter(key=deed.key).update(created_at=FOR_GOOD)
