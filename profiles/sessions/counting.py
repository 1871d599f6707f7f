"""Counting tries, in the database: a cache may be away, and a door must not be open meanwhile.

One row per bucket and window, written by one atomic statement, so that tries at the same moment are all counted.
Keys are keyed hashes of an address or a network and are kept for a day at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from profiles.sessions.models import Count

LONGEST: Final = 24 * 3600
# Both databases: SQLite from 3.35 on.
_ADD: Final = (
    f"INSERT INTO {Count._meta.db_table} (key, hits, until) VALUES (%s, 1, %s) "  # noqa: S608 -- no value of anybody
    f"ON CONFLICT (key) DO UPDATE SET hits = {Count._meta.db_table}.hits + 1 RETURNING hits"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries in so many seconds, counted in windows that begin for everybody at the same moment."""

    most: int
    seconds: int

    @classmethod
    def of(cls, text: str) -> Rate:
        """From "10/900"; ValueError for a window that is longer than what we keep."""
        most, _slash, seconds = text.partition("/")
        rate = cls(int(most), int(seconds))
        if not 0 < rate.seconds <= LONGEST:
            raise ValueError(text)
        return rate


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted together: an action from one network, on one address, by one device."""

    action: str
    kind: str
    value: str
    rate: Rate

    def ends(self) -> datetime:
        now = int(timezone.now().timestamp())
        return datetime.fromtimestamp((now // self.rate.seconds + 1) * self.rate.seconds, UTC)

    def key(self) -> str:
        name = f"{self.action}\n{self.kind}\n{self.value}\n{self.rate.seconds}\n{self.ends().timestamp():.0f}"
        return hashed("count", name)

    def take(self) -> int:
        """Counts one try; returns the seconds to wait when it was one too many, else 0."""
        with connection.cursor() as cursor:
            until = connection.ops.adapt_datetimefield_value(self.ends())
            cursor.execute(_ADD, [self.key(), until])
            (hits,) = cursor.fetchone()
        return max(1, int((self.ends() - timezone.now()).total_seconds())) if hits > self.rate.most else 0

    def give_back(self) -> None:
        """It was no failure after all."""
        Count.objects.filter(key=self.key(), hits__gt=0).update(hits=F("hits") - 1)

    def clear(self) -> None:
        Count.objects.filter(key=self.key()).delete()


def hashed(purpose: str, text: str) -> str:
    """43 letters that only this site can make."""
    from base64 import urlsafe_b64encode

    made = salted_hmac(f"profiles.sessions.{purpose}", text, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def first_time(action: str, value: str, seconds: int) -> bool:
    """Whether this is the first time in about so many seconds; of several at once one is the first."""
    return Bucket(action, "once", value, Rate(1, seconds)).take() == 0


def forget_old(now: datetime | None = None) -> int:
    return Count.objects.filter(until__lt=now or timezone.now()).delete()[0]
