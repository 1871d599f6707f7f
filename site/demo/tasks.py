"""Wagtail indexes a page at every save, some ten times while one is written, translated and published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend


class Collecting(ImmediateBackend):
    def __init__(self) -> None:
        super().__init__(DEFAULT_TASK_BACKEND_ALIAS, {})
        self.wanted: dict[tuple[str, str], tuple[Any, Any, Any]] = {}

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> None:  # type: ignore[override]
        """Kept for later; the same one with the same arguments counts once."""
        self.wanted[task.module_path, repr((args, kwargs))] = (task, args, kwargs)


@contextmanager
def once_at_the_end() -> Iterator[None]:
    """Each task that is asked for inside runs once, afterwards: put it inside the transaction of the deed."""
    usual, collecting = task_backends[DEFAULT_TASK_BACKEND_ALIAS], Collecting()
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = collecting
    try:
        yield
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = usual
    for task, args, kwargs in collecting.wanted.values():
        usual.enqueue(task, args, kwargs)
