"""Up and down buttons without JavaScript: each says before what the thing goes, so that twice is as once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A row of a list that its owner puts in order. "" as a place is the end; None is no button."""

    item: T
    key: str
    up: str | None
    down: str | None


def steps(items: Sequence[T], key: Callable[[T], str]) -> list[Step[T]]:
    keys = [key(item) for item in items]
    last = len(keys) - 1
    return [
        Step(
            item,
            keys[at],
            up=keys[at - 1] if at else None,
            down=None if at == last else keys[at + 2] if at + 2 <= last else "",
        )
        for at, item in enumerate(items)
    ]
