"""Who reads which field of a profile. Pages, lists, search, tags, files and exports ask here alone.

Audiences are numbers, each containing those below it, so that Python and SQL compare alike: a field is read
by whoever stands at least as close to its person as its audience asks (`closeness <= audience`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from communities.models import Membership, Space
from communities.permissions import in_network
from communities.roles import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.permissions import AnyUser
    from profiles.models import Block, ContactWay, Profile, Section, User


class Audience(models.IntegerChoices):
    ME = 0, _("Only you")
    FACILITATORS = 1, _("Facilitators of your spaces")
    SPACES = 2, _("People in your spaces")
    NETWORK = 3, _("Members of the network")
    EVERYONE = 4, _("Everyone on the internet")


# A display name stands beside every post, also in public spaces. What signs a person in is theirs alone.
FIXED: Final[dict[str, Audience]] = {
    "display_name": Audience.EVERYONE,
    "email": Audience.ME,
    "language": Audience.ME,
    "time_zone": Audience.ME,
}
# Each has its own audience, in the column `<field>_for` of its profile. In the order of the page.
CHOSEN: Final[tuple[str, ...]] = (
    "photo",
    "cover",
    "pronouns",
    "pronunciation",
    "headline",
    "about",
    "organisation",
    "country",
    "languages",
    "expertise",
    "available",
)
FIELDS: Final[frozenset[str]] = frozenset({*FIXED, *CHOSEN})


def audience_of(person: User, field: str) -> Audience:
    """KeyError for a field that nobody decided about."""
    if field in FIXED:
        return FIXED[field]
    if field not in CHOSEN:
        raise KeyError(field)
    return Audience(getattr(person.profile, f"{field}_for"))


@dataclass(frozen=True, slots=True)
class Circle:
    """What decides how close anybody stands to one reader: one query, then none for a whole list.

    Of the spaces one shares, only those count whose members the reader may see: a field that shows itself
    must not tell of a membership that its space keeps to itself.
    """

    viewer: AnyUser
    spaces: tuple[int, ...] = ()
    facilitated: tuple[int, ...] = ()
    # Blocked by the reader, or having blocked them.
    apart: frozenset[int] = frozenset()

    @classmethod
    def of(cls, viewer: AnyUser) -> Circle:
        if not in_network(viewer):
            return cls(viewer)
        spaces = Space.objects.allowing(viewer, "see_members").with_standing(viewer).order_by()
        rows = spaces.annotate(is_space=Value(True)).values_list("is_space", "pk", "standing")
        blocks = _blocks_of(viewer).annotate(is_space=Value(False))
        found = sorted(rows.union(blocks.values_list("is_space", "user_id", "person_id"), all=True))
        standings = {one: other for is_space, one, other in found if is_space}
        facilitated = (pk for pk, standing in standings.items() if standing >= Role.FACILITATOR)
        apart = {pk for is_space, *pair in found if not is_space for pk in pair}
        return cls(viewer, tuple(standings), tuple(facilitated), frozenset(apart - {viewer.pk}))

    def closeness(self, person: User) -> Audience:
        """The closest audience of `person` that the reader belongs to. One query for others than oneself."""
        if self.viewer.is_authenticated and self.viewer.pk == person.pk:
            return Audience.ME
        if not in_network(self.viewer):
            return Audience.EVERYONE
        shared = set(
            Membership.objects.filter(
                user=person.pk, space__in=self.spaces, suspended_at__isnull=True
            ).values_list("space_id", flat=True)
        )
        return closest(
            facilitates=bool(shared & set(self.facilitated)),
            is_apart=person.pk in self.apart,
            shares=bool(shared),
        )

    def closeness_in_sql(self, user: str = "user") -> Case | Value:
        """`closeness` as an expression on a model whose column `user` is the person."""
        if not self.viewer.is_authenticated:
            return Value(int(Audience.EVERYONE), output_field=IntegerField())
        own = When(**{user: self.viewer.pk}, then=Value(int(Audience.ME)))
        if not in_network(self.viewer):
            return Case(own, default=Value(int(Audience.EVERYONE)), output_field=IntegerField())
        return Case(
            own,
            When(**{f"{user}__in": _people_in(self.facilitated)}, then=Value(int(Audience.FACILITATORS))),
            When(**{f"{user}__in": list(self.apart)}, then=Value(int(Audience.EVERYONE))),
            When(**{f"{user}__in": _people_in(self.spaces)}, then=Value(int(Audience.SPACES))),
            default=Value(int(Audience.NETWORK)),
            output_field=IntegerField(),
        )


def closest(*, facilitates: bool, is_apart: bool, shares: bool) -> Audience:
    """Between two of the network: who facilitates a space of the other sees them in spite of a block."""
    if facilitates:
        return Audience.FACILITATORS
    if is_apart:
        return Audience.EVERYONE
    return Audience.SPACES if shares else Audience.NETWORK


def _people_in(spaces: tuple[int, ...]) -> Any:
    rows = Membership.objects.filter(space__in=spaces, suspended_at__isnull=True)
    return rows.order_by().values("user_id")


def facilitated_by(viewer: AnyUser) -> Any:
    """Ids of the people in the spaces that `viewer` facilitates, as a subquery."""
    if not in_network(viewer):
        return Membership.objects.none().values("user_id")
    rows = Space.objects.allowing(viewer, "see_members").with_standing(viewer)
    spaces = rows.filter(Q(standing__gte=Role.FACILITATOR)).order_by().values("pk")
    return Membership.objects.filter(space__in=spaces, suspended_at__isnull=True).values("user_id")


def apart_from(viewer: AnyUser) -> frozenset[int]:
    rows = _blocks_of(viewer).values_list("user_id", "person_id")
    return frozenset(pk for row in rows for pk in row if pk != viewer.pk)


def _blocks_of(viewer: AnyUser) -> QuerySet[Block]:
    from profiles.models import Block

    return Block.objects.filter(Q(user=viewer.pk) | Q(person=viewer.pk))


def readable(field: str) -> Q:
    """As a condition on Profile annotated with `closeness` (`ProfileQuerySet.visible_to`)."""
    if field not in CHOSEN:
        raise KeyError(field)
    return Q(**{f"{field}_for__gte": F("closeness")})


def is_in_order(person: User) -> bool:
    """Neither emptied, nor suspended, nor waiting for approval: somebody others may find."""
    return bool(person.is_active and person.email and person.is_approved)


def may_see_profile(viewer: AnyUser, person: User) -> bool:
    """Whether the page may be there for `viewer`; a link is drawn by this, without a query.

    To its owner; to approved members of the network; to everybody when the person shows everybody something.
    """
    if _is_owner(viewer, person):
        return bool(person.is_active and person.email)
    return is_in_order(person) and (in_network(viewer) or shows_everyone(person))


def shows_everyone(person: User) -> bool:
    """Any field for everyone on the internet. False without a profile at hand: no query for a byline."""
    profile = person._state.fields_cache.get("profile")
    return profile is not None and any(
        getattr(profile, f"{field}_for") == Audience.EVERYONE for field in CHOSEN
    )


def may_see(viewer: AnyUser, person: User, field: str, *, circle: Circle | None = None) -> bool:
    """KeyError for a field that nobody decided about."""
    audience = audience_of(person, field)
    if field == "display_name":
        return True
    if _is_owner(viewer, person):
        return bool(person.is_active and person.email)
    if not is_in_order(person) or audience == Audience.ME:
        return False
    if audience == Audience.EVERYONE:
        return True
    return in_network(viewer) and (circle or Circle.of(viewer)).closeness(person) <= audience


def fields_at(person: User, closeness: Audience, fields: Iterable[str] = (*FIXED, *CHOSEN)) -> dict[str, Any]:
    """The fields that somebody so close reads, by name; what is hidden is absent, not empty.

    `with_card()` or `with_page()` beforehand.
    """
    shown = {
        field: _value(person, field)
        for field in fields
        if audience_of(person, field) >= closeness and _is_fit(person, field, closeness)
    }
    if "available" in shown:
        shown["help_with"] = person.profile.help_with
    return shown


def shown_at(person: User, closeness: Audience) -> dict[str, Any]:
    """Fields, ways of contact and the owner's own sections. `with_page()` beforehand.

    The one serialiser: page, JSON and export are made of it.
    """
    ways: list[ContactWay] = [w for w in person.profile.contact_ways.all() if w.audience >= closeness]
    sections: list[Section] = [
        section
        for section in person.profile.sections.all()
        if section.is_own
        and section.audience >= closeness
        and not (section.hidden and closeness != Audience.ME)
    ]
    return fields_at(person, closeness) | {"contact_ways": ways, "sections": sections}


def shown_as(person: User, closeness: Audience) -> dict[str, Any]:
    """What any reader that close is shown; {} when there is no page for them."""
    if closeness != Audience.ME and not is_in_order(person):
        return {}
    # Also between two of whom one has blocked the other: as to a visitor, down to whether there is a page.
    if closeness == Audience.EVERYONE and not shows_everyone(person):
        return {}
    return shown_at(person, closeness)


def shown_to(viewer: AnyUser, person: User) -> dict[str, Any]:
    """What `viewer` reads of `person`; {} when there is no page for them. Two queries and the page's own."""
    if not may_see_profile(viewer, person):
        return {}
    return shown_as(person, Circle.of(viewer).closeness(person))


def _is_fit(person: User, field: str, closeness: Audience) -> bool:
    """An organisation that staff have not approved is between them and whoever named it."""
    if field != "organisation" or closeness == Audience.ME:
        return True
    organisation = person.profile.organisation
    return organisation is None or organisation.approved_at is not None


def _value(person: User, field: str) -> Any:
    profile: Profile = person.profile
    if field in FIXED:
        return getattr(person, field)
    if field == "expertise":
        return list(profile.expertise.all())
    return getattr(profile, field)


def _is_owner(viewer: AnyUser, person: User) -> bool:
    return viewer.is_authenticated and viewer.pk == person.pk
