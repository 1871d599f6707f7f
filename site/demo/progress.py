"""What the loader says while it works: one line per step, with how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")
WIDTH = 20  # characters of the bar


class Progress:
    """On a terminal the line is written over; in a file every tenth part gets a word."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out
        self.lively = out.isatty()
        self.made = 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started, self.made, self._label = time.monotonic(), 0, f"  {name:<28}"
        self._write(f"{self._label} ")
        yield
        self._clear()
        outcome = f"{self.made} made" if self.made else "nothing to do"
        self._write(f"{outcome} ({time.monotonic() - started:.1f} s)\n")

    def of(self, things: Iterable[T], total: int) -> Iterator[T]:
        """Hands on the things, telling how many of `total` were dealt with."""
        for done, thing in enumerate(things):
            self.at(done, total)
            yield thing

    def at(self, done: int, total: int) -> None:
        if not total:
            return
        if self.lively:
            self._clear()
            bar = "█" * (done * WIDTH // total)
            self._write(f"{bar:<{WIDTH}} {done} of {total}")
        elif done and done * 10 // total > (done - 1) * 10 // total:
            self._write(f"{done * 100 // total} % ")

    def _clear(self) -> None:
        if self.lively:
            self._write(f"\r\x1b[2K{self._label} ")

    def _write(self, text: str) -> None:
        self.out.write(text, ending="")
        self.out.flush()
