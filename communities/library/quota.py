"""How much a library may hold. Counted, never kept as a number that could go astray.

What people have put there counts, in every version, with the original beside it: it adds up to the sizes that the
pages show. The small pictures that the site makes of it for its pages do not (some 2 in 100 of a photograph): nobody
chose them, they can be made anew at any time, and making them must not fill a library that had room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from communities.library.models import LibraryVersion

if TYPE_CHECKING:
    from communities.models import Space


@dataclass(frozen=True, slots=True)
class Quota:
    """Bytes. What is in the bin counts: it can still come back."""

    used: int
    most: int

    @property
    def left(self) -> int:
        return max(self.most - self.used, 0)


class Full(Exception):  # noqa: N818 -- a state, as the page says it
    """It would hold more than it may. `size`: of what did not fit."""

    def __init__(self, quota: Quota, size: int) -> None:
        self.quota, self.size = quota, size
        super().__init__()


def of(space: Space) -> Quota:
    """One query. Decide by it only while the space is held (`communities.succession.hold`)."""
    return Quota(LibraryVersion.objects.bytes_in(space), settings.LIBRARY_QUOTA_BYTES)


def require_room(space: Space, size: int) -> None:
    """Raises Full."""
    quota = of(space)
    if size > quota.left:
        raise Full(quota, size)
