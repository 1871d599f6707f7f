"""Who may read the bytes of a version: whoever may read its item, at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communities.library.models import LibraryVersion

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from files.models import StoredFile

KIND: Final = "library"


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`."""
    return LibraryVersion.objects.visible_to(user).filter(stored=stored.pk).exists()
