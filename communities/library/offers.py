"""A file of a library on its way to the public site. Imported by `communities.models`.

An offer is about one version. It stands while that is the present one and may be read in its library; the editors
learn of it when whoever put that version there has agreed. Declined, withdrawn, or overtaken by a newer version
before an editor took it, it leaves nothing. What an editor takes is a copy: the library's own file stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.public_ids import new_public_id

if TYPE_CHECKING:
    from communities.library.models import LibraryItem
    from profiles.models import User


class LibraryOfferQuerySet(models.QuerySet["LibraryOffer"]):
    def standing(self) -> LibraryOfferQuerySet:
        return self.filter(
            version__item__removed_at=None,
            version__item__space__has_library=True,
            version__item__current=F("version"),
            version__stored__isnull=False,
        )

    def for_editors(self) -> LibraryOfferQuerySet:
        """Agreed and not taken yet, the oldest first. Whoever calls has asked whether they are one."""
        rows = self.standing().filter(state=LibraryOffer.State.AGREED)
        return rows.select_related("version__stored", "version__item").order_by("agreed_at", "pk")

    def of(self, item: LibraryItem) -> LibraryOfferQuerySet:
        return (
            self.standing()
            .filter(version__item=item.pk)
            .select_related("version__by", "version__item", "asked_by")
        )

    def for_author(self, user: User) -> LibraryOfferQuerySet:
        return self.standing().filter(version__by=user.pk)


class LibraryOffer(models.Model):
    class State(models.TextChoices):
        ASKED = "asked", _("waits for whoever put it there")
        AGREED = "agreed", _("waits for the editors")
        TAKEN = "taken", _("the editors have a copy")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    version = models.OneToOneField(
        "communities.LibraryVersion", on_delete=models.CASCADE, related_name="offer", editable=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)

    objects = LibraryOfferQuerySet.as_manager()

    class Meta:
        app_label = "communities"

    def __str__(self) -> str:
        return f"library offer {self.pk}"
