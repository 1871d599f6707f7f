"""What the steps of the loader hand on to each other."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from communities.models import Space
from demo.progress import Progress
from profiles.models import User
from themes.models import Theme


@dataclass
class World:
    progress: Progress
    now: datetime.datetime = field(default_factory=timezone.now)
    people: dict[str, User] = field(default_factory=dict)  # by role or key
    spaces: dict[str, Space] = field(default_factory=dict)  # by key
    themes: dict[str, Theme] = field(default_factory=dict)  # by slug

    def ago(self, days: float) -> datetime.datetime:
        return self.now - datetime.timedelta(days=days)
