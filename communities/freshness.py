"""One word that changes whenever something public changes.

Whatever is kept of public pages (whole pages, menus, settings) is kept under this word, so that a change makes
everything from before unfindable at once: nothing public outlives the right to see it.

Rooms that change what a public page may show call `changed()` by name. What Wagtail and its like change is
heard in `pages`, the one room that may know everybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import caches
from django.db import transaction

# Shared between the processes of a site (settings.CACHES): a word of one's own would be no use.
CACHE: Final = "pages"
KEY: Final = "generation"
LONGEST: Final = 600  # seconds
T = TypeVar("T")


def current() -> str:
    """Read it before the database: what was read before a change is then kept under the word from before.

    Never a counter: when the cache forgets, the new word must not be one that was used already.
    """
    cache = caches[CACHE]
    word = cache.get(KEY)
    if word is None:
        cache.add(KEY, secrets.token_urlsafe(9), timeout=None)
        word = cache.get(KEY) or secrets.token_urlsafe(9)
    return str(word)


def kept(name: str, make: Callable[[], T]) -> T:
    """What `make()` gave in this state of the site, asked once for all processes. Not for a question of rights."""
    if is_pending():
        return make()
    cache = caches[CACHE]
    key = f"{current()}-{name}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, timeout=LONGEST)
    return found


def changed() -> None:
    """Something public is different, once this transaction has been committed."""
    if not _is_waiting():
        transaction.on_commit(_turn, robust=False)


def _is_waiting() -> bool:
    """Whether the last thing to do after the commit is the turn already, in this savepoint or one around it."""
    waiting = transaction.get_connection().run_on_commit[-1:]
    savepoints = set(transaction.get_connection().savepoint_ids)
    return any(call is _turn and within <= savepoints for within, call, _robust in waiting)


def is_pending() -> bool:
    """Whether this connection has changed something that nobody else sees yet: nothing may be kept of it."""
    return any(call is _turn for _within, call, _robust in transaction.get_connection().run_on_commit)


def begin() -> None:
    """For the start of a process that serves: what was kept may be of other code, or of another database."""
    _turn()


def _turn() -> None:
    caches[CACHE].set(KEY, secrets.token_urlsafe(9), timeout=None)
