"""How large, and what chance decides: each part draws from its own source, so that it can be made alone."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Final, TypeVar

from communities.public_ids import ALPHABET

T = TypeVar("T")
# Rows per transaction: some 4 MB of posts.
BATCH: Final = 1000
LANGUAGES: Final = ("fr", "en", "ar", "nl")
# Of texts and of people alike.
SHARES: Final = (45, 30, 20, 5)


@dataclass(frozen=True)
class Plan:
    members: int
    spaces: int
    posts: int
    seed: int

    @property
    def key(self) -> str:
        """Part of addresses: worlds of other sizes or seeds stand beside each other."""
        sizes = f"{self.members}/{self.spaces}/{self.posts}/{self.seed}"
        return hashlib.sha256(sizes.encode()).hexdigest()[:6]

    def chance(self, *part: object) -> Random:
        return Random("/".join(map(str, (self.key, *part))))


def public_id(rng: Random) -> str:
    return "".join(rng.choices(ALPHABET, k=16))


def language(rng: Random) -> str:
    return rng.choices(LANGUAGES, SHARES)[0]


def midnight(now: datetime.datetime) -> datetime.datetime:
    """Moments are counted from here, so that two runs of one day agree."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
