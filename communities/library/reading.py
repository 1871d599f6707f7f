"""Who may read the bytes of a version: whoever may read its item, or a share of it, at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from communities.library.models import LibraryVersion
from communities.library.shares import LibraryShare
from communities.models import Space

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from files.models import StoredFile

KIND: Final = "library"


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`."""
    own = LibraryVersion.objects.visible_to(user).filter(stored=stored.pk)
    return own.exists() or LibraryShare.objects.visible_to(user).giving(stored).exists()


def may_read_original(user: AnyUser, stored: StoredFile) -> bool:
    """Evidence names people and places: for whoever added it, and those who moderate, while they read the space."""
    if not user.is_authenticated:
        return False
    rows = LibraryVersion.objects.visible_to(user).filter(stored=stored.original_of_id)
    moderated = Space.objects.allowing(user, "moderate").order_by()
    return rows.filter(Q(by=user.pk) | Q(item__space__in=moderated)).exists()
