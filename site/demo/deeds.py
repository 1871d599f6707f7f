"""One thing that somebody of the demo world did, and when."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from communities.models import Activity, Notification
from demo.world import World

# The cast's last visit but one: what is older has been read, the rest is new to them.
AWAY: Final = datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Deed:
    moment: datetime.datetime
    # At most 40 characters; the verb claims it, so that it is done once (communities/submissions.py).
    key: str
    do: Callable[[World, Deed], None]


def date_news(world: World, deed: Deed, kinds: tuple[str, ...], target: int) -> None:
    """The verbs record at the present moment; what is old has been read as well."""
    activities = Activity.objects.filter(kind__in=kinds, target_id=target)
    activities.update(created_at=deed.moment)
    if deed.moment < world.now - AWAY:
        Notification.objects.filter(activity__in=activities).update(read_at=deed.moment + AWAY / 6)
