"""What of a library a person may read (access.md as SQL), and what its pages show."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Sum

if TYPE_CHECKING:
    from communities.library.models import LibraryItem, LibraryVersion
    from communities.models import Space
    from communities.permissions import AnyUser

# Folders in folders. A breadcrumb is one query, and fits on a telephone.
DEEPEST: Final = 6
_WAY: Final = "__".join(["parent"] * DEEPEST)


class LibraryItemQuerySet(models.QuerySet["LibraryItem"]):
    def visible_to(self, user: AnyUser) -> LibraryItemQuerySet:
        """Whoever reads the space, while its library is on; what is in the bin is nobody's to read."""
        return self.live().filter(space__in=_open_libraries(user))

    def live(self) -> LibraryItemQuerySet:
        return self.filter(removed_at=None)

    def of(self, space: Space, folder: LibraryItem | None = None) -> LibraryItemQuerySet:
        """What lies in that folder (None: at the top) of a space which the caller has authorised; folders first."""
        return self.live().filter(space=space.pk, parent=folder).in_order()

    def all_of(self, space: Space) -> LibraryItemQuerySet:
        """Of a space which the caller has authorised, whatever folder it lies in."""
        return self.live().filter(space=space.pk)

    def folders(self) -> LibraryItemQuerySet:
        return self.filter(kind="folder")

    def in_order(self) -> LibraryItemQuerySet:
        return self.order_by("rank", "sort_name", "pk")

    def binned_in(self, space: Space) -> LibraryItemQuerySet:
        """As one threw it away: what went along with a folder is in the folder. The last one first."""
        return self.filter(space=space.pk, removed_at__isnull=False, removed_with=None).order_by(
            "-removed_at", "-pk"
        )

    def binned_after(self, moment: datetime) -> LibraryItemQuerySet:
        return self.filter(removed_at__gte=moment)

    def binned_before(self, moment: datetime) -> LibraryItemQuerySet:
        return self.filter(removed_at__lt=moment)

    def with_line(self) -> LibraryItemQuerySet:
        """What a line of the list shows."""
        return self.select_related("current__stored", "changed_by").defer(
            "current__text", "current__rendered", "description"
        )

    def with_page(self) -> LibraryItemQuerySet:
        """What the page of one shows, and the way to it."""
        return self.select_related("current__stored", "changed_by", "created_by", _WAY)

    def with_way(self) -> LibraryItemQuerySet:
        return self.select_related(_WAY)

    def with_space(self) -> LibraryItemQuerySet:
        return self.select_related("space")


class LibraryVersionQuerySet(models.QuerySet["LibraryVersion"]):
    def visible_to(self, user: AnyUser) -> LibraryVersionQuerySet:
        """As their item; the older ones too."""
        return self.filter(item__removed_at=None, item__space__in=_open_libraries(user))

    def of(self, item: LibraryItem) -> LibraryVersionQuerySet:
        """The newest first."""
        return self.filter(item=item.pk).order_by("-number")

    def with_line(self) -> LibraryVersionQuerySet:
        return self.select_related("stored", "by").defer("text", "rendered")

    def bytes_in(self, space: Space) -> int:
        """What counts towards the quota: every version, and the bin too."""
        return self.filter(item__space=space.pk).aggregate(bytes=Sum("size"))["bytes"] or 0


def _open_libraries(user: AnyUser) -> models.QuerySet[Space]:
    from communities.models import Space

    return Space.objects.readable_by(user).offering("library").order_by()
