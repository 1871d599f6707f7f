"""How often somebody may do a small thing. Counted in the cache: a comfort for others, and no door.

Where the cache is away nothing is counted, and everything works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from communities.permissions import AnyUser

MINUTE: Final = 60  # seconds


def a_lot() -> str:
    return _("That was a lot at once. Please wait a minute, then try again.")


def is_too_fast(action: str, user: AnyUser) -> bool:
    """Counts this time, in minutes that begin for everybody at the same moment."""
    key = f"forum-pace:{action}:{user.pk}:{int(timezone.now().timestamp()) // MINUTE}"
    cache.add(key, 0, MINUTE * 2)
    try:
        return cache.incr(key) > settings.FORUM_MOST_A_MINUTE[action]
    except ValueError:
        return False
