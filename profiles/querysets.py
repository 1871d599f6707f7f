"""People as others may find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from communities import permissions
from communities.permissions import in_network

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from profiles.audiences import Circle
    from profiles.models import Organisation, Profile, User  # noqa: F401 -- named in strings


class UserQuerySet(models.QuerySet["User"]):
    def with_face(self) -> UserQuerySet:
        """What `{% person %}` draws: without it a monogram stands where the photo would."""
        return self.select_related("profile__photo")

    def with_page(self) -> UserQuerySet:
        """What a profile page shows."""
        return self.select_related(
            "profile__photo", "profile__cover", "profile__organisation"
        ).prefetch_related(
            "profile__texts",
            "profile__spoken",
            "profile__expertise__names",
            "profile__contact_ways",
            "profile__sections",
        )

    def waiting(self) -> UserQuerySet:
        """For approval. An account that sleeps until it is erased waits for nobody."""
        return self.filter(is_approved=False, is_active=True, email__isnull=False, erasure=None)

    def with_pictures(self) -> UserQuerySet:
        """What stands in one row with a person's page; `gathering.gather` brings all that hangs on it."""
        return self.select_related("profile__photo", "profile__cover", "profile__organisation")

    def present(self) -> UserQuerySet:
        """Approved and neither suspended nor emptied."""
        return self.filter(is_active=True, is_approved=True, email__isnull=False)

    def mentionable_by(self, viewer: AnyUser, space: Space) -> UserQuerySet:
        """For the picker of mentions: others who may read `space` and of whom `viewer` may know it.

        That is its people, unless its list is not for `viewer`; where the whole network reads, those in the
        directory too. Nobody who is apart from `viewer` by a block, except for facilitators of the space.
        """
        from communities.models import Grant
        from profiles.audiences import apart_from

        rights = permissions.rights(viewer, space)
        if not in_network(viewer) or not rights.allows("read"):
            return self.none()
        here = space.memberships.filter(suspended_at__isnull=True).values("user")
        out = space.memberships.filter(suspended_at__isnull=False).values("user")
        granted = Grant.objects.in_force().filter(content_object=space).values("user")
        known = Q(pk__in=here) | Q(pk__in=granted) if rights.allows("see_members") else Q(pk__in=[])
        if "read" in permissions.OUTSIDE[space.visibility][1]:
            known |= Q(profile__listed=True)
        apart = () if rights.allows("manage") else apart_from(viewer)
        return self.present().filter(known).exclude(pk__in=out).exclude(pk__in=[viewer.pk, *apart])


class ProfileQuerySet(models.QuerySet["Profile"]):
    def with_card(self) -> ProfileQuerySet:
        """What a line of the directory shows."""
        return self.select_related("user", "photo", "organisation").prefetch_related(
            "texts", "spoken", "expertise__names"
        )

    def listed(self) -> ProfileQuerySet:
        """Those who asked to be in the directory and whose account is in order."""
        return self.filter(
            listed=True, user__is_active=True, user__is_approved=True, user__email__isnull=False
        )

    def visible_to(self, viewer: AnyUser, circle: Circle | None = None) -> ProfileQuerySet:
        """The directory is for approved members of the network; for anybody else it does not exist.

        Each row carries `closeness`; a field counts, filters or shows only where `audiences.readable` holds.
        """
        from profiles.audiences import Audience, Circle

        circle = circle or Circle.of(viewer)
        if not in_network(viewer):
            return self.none().annotate(closeness=circle.closeness_in_sql())
        rows = self.listed().annotate(closeness=circle.closeness_in_sql())
        # Only a block puts anybody so far away; asked only where there is one, for each row asked is two look-ups.
        return rows.filter(closeness__lt=int(Audience.EVERYONE)) if circle.apart else rows

    def showing(self, field: str) -> ProfileQuerySet:
        """Of those visible, the ones whose `field` the reader may read."""
        from profiles.audiences import readable

        return self.filter(readable(field))

    def by_name(self) -> ProfileQuerySet:
        return self.order_by("name_folded", "pk")

    def named(self, text: str) -> ProfileQuerySet:
        """Whose name has all words of `text`, folded as in search: accents and Arabic spellings aside."""
        from search.analyser import title_words

        words = title_words(text).split()[:6]
        rows = self if words else self.none()
        for word in words:
            rows = rows.filter(name_folded__contains=word)
        return rows


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def approved(self) -> OrganisationQuerySet:
        return self.filter(approved_at__isnull=False)

    def visible_to(self, viewer: AnyUser) -> OrganisationQuerySet:
        """For the network those that staff approved, and for whoever proposed one, theirs."""
        if not in_network(viewer):
            return self.none()
        return self.filter(Q(approved_at__isnull=False) | Q(proposed_by=viewer.pk))

    def with_follow(self, viewer: AnyUser) -> OrganisationQuerySet:
        """`is_followed`: whether `viewer` does."""
        from profiles.models import Follow

        return self.annotate(
            is_followed=Exists(Follow.objects.filter(user=viewer.pk, organisation=OuterRef("pk")))
        )

    def choices_of(self, profile: Profile) -> OrganisationQuerySet:
        """What a person may say they work for: approved ones, their own proposals, and what stands there."""
        mine = Q(proposed_by=profile.user_id) | Q(pk=profile.organisation_id)
        return self.filter(Q(approved_at__isnull=False) | mine)

    def named(self, text: str) -> OrganisationQuerySet:
        """Whose name has all words of `text`, folded as in search. Without a word, all."""
        from search.analyser import title_words

        rows = self
        for word in title_words(text).split()[:6]:
            rows = rows.filter(name_folded__contains=word)
        return rows

    def by_name(self) -> OrganisationQuerySet:
        return self.order_by(F("name_folded"), "pk")
