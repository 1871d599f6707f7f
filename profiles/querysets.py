"""People as others may find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import TextField
from django.db.models.functions import Cast, Lower

from communities.permissions import in_network

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import Profile, User  # noqa: F401 -- the querysets' own models, named in strings


class UserQuerySet(models.QuerySet["User"]):
    def with_face(self) -> UserQuerySet:
        """What `{% person %}` draws: without it a monogram stands where the photo would."""
        return self.select_related("profile__photo")

    def with_profile(self) -> UserQuerySet:
        """What a profile page shows."""
        return self.with_face().prefetch_related("profile__expertise__names")

    def present(self) -> UserQuerySet:
        """Approved and neither suspended nor emptied."""
        return self.filter(is_active=True, is_approved=True, email__isnull=False)


class ProfileQuerySet(models.QuerySet["Profile"]):
    def with_card(self) -> ProfileQuerySet:
        return self.select_related("user", "photo").prefetch_related("expertise__names")

    def listed(self) -> ProfileQuerySet:
        """Those who asked to be in the directory and whose account is in order."""
        return self.filter(
            listed=True, user__is_active=True, user__is_approved=True, user__email__isnull=False
        )

    def visible_to(self, viewer: AnyUser) -> ProfileQuerySet:
        """The directory is for approved members of the network; for anybody else it does not exist."""
        return self.listed() if in_network(viewer) else self.none()

    def by_name(self) -> ProfileQuerySet:
        return self.order_by(Lower("user__display_name"), "pk")

    def speaking(self, code: str) -> ProfileQuerySet:
        """By one language code. Through the text of the list: SQLite has no index into JSON."""
        return self.alias(spoken=Cast("languages", TextField())).filter(spoken__contains=f'"{code}"')

    def named(self, text: str) -> ProfileQuerySet:
        return self.filter(user__display_name__icontains=text)
