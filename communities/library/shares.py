"""What one space lets another read of its library. THE rule stands here, once, as SQL. See `communities.models`.

A share is in force as long as its row stands and
  - the thing lies in its own library: not in the bin, the library switched on;
  - the library of the other space is switched on, and no more people read that space than when it was shared.

It gives the present version alone, to whoever may read the other space. It ends when those who run the space of the
thing end it, when those who moderate the other space take it out, and when the thing is discarded. It does not end
with the membership of who shared it: the space did, through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from communities.public_ids import new_public_id
from communities.roles import Visibility
from communities.shapes import is_wider

if TYPE_CHECKING:
    from communities.library.models import LibraryItem
    from communities.models import Space
    from communities.permissions import AnyUser
    from files.models import StoredFile


class LibraryShareQuerySet(models.QuerySet["LibraryShare"]):
    def in_force(self) -> LibraryShareQuerySet:
        still = Q(pk__in=[])
        for seen in Visibility:
            still |= Q(seen=seen, space__visibility__in=[v for v in Visibility if not is_wider(v, seen)])
        return self.filter(
            still, item__removed_at=None, item__space__has_library=True, space__has_library=True
        )

    def of(self, space: Space) -> LibraryShareQuerySet:
        """What others share with a space which the caller has authorised, the last first."""
        return self.in_force().filter(space=space.pk).order_by("-pk")

    def out_of(self, item: LibraryItem) -> LibraryShareQuerySet:
        """Of a thing which the caller has authorised; also those that rest."""
        return self.filter(item=item.pk).order_by("pk")

    def visible_to(self, user: AnyUser) -> LibraryShareQuerySet:
        from communities.models import Space

        readable = Space.objects.readable_by(user).order_by()
        return self.in_force().filter(space__in=readable)

    def giving(self, stored: StoredFile) -> LibraryShareQuerySet:
        """The present version, not the ones before it."""
        return self.filter(item__current__stored=stored.pk)

    def with_line(self) -> LibraryShareQuerySet:
        return self.select_related("item__current__stored").defer(
            "item__current__text", "item__current__rendered", "item__description"
        )


class LibraryShare(models.Model):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey("communities.LibraryItem", on_delete=models.CASCADE, related_name="shares")
    space = models.ForeignKey(
        "communities.Space", on_delete=models.CASCADE, related_name="library_shares", help_text="who may read"
    )
    # Who would read it was shown and agreed to: the visibility that the other space had then.
    seen = models.CharField(max_length=10, choices=Visibility, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LibraryShareQuerySet.as_manager()

    class Meta:
        app_label = "communities"
        constraints = [models.UniqueConstraint(fields=["space", "item"], name="one_library_share_per_space")]

    def __str__(self) -> str:
        return f"library share {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("library:shared_item", args=[self.space.slug, self.public_id])
