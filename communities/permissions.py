"""Who may do what in a space: the tables of access.md as data, in Python and as SQL.

`may` / `require` / `rights` answer for one space; `spaces_allowing` gives the same answer as a condition
on Space. `tests/communities/test_permissions.py` holds the two against each other over the whole product.

Neither staff nor superuser status counts here: who is not in a space is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.grants import GRANTS, Grant, role_by_grant
from communities.prepared import Selection, Within
from communities.roles import JoinPolicy, Role, Visibility

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

    AnyUser: TypeAlias = User | AnonymousUser

OUTSIDER: Final = 0

# What each visibility lets somebody outside the space do: (everyone, approved members of the network).
# A newcomer counts as "everyone": a visitor with account pages.
_READING: Final = frozenset({"know", "read", "report", "subscribe", "register"})
OUTSIDE: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    Visibility.PUBLIC: (frozenset({"know", "read"}), _READING),
    Visibility.NETWORK: (frozenset({"know"}), _READING),
    Visibility.CLOSED: (frozenset({"know"}), frozenset({"know"})),
    Visibility.HIDDEN: (frozenset(), frozenset()),
}
# What the join policy adds for an approved member of the network who is not in the space.
WAYS_IN: Final[dict[str, frozenset[str]]] = {
    JoinPolicy.OPEN: frozenset({"join"}),
    JoinPolicy.REQUEST: frozenset({"ask"}),
    JoinPolicy.INVITE: frozenset(),
}
# What each role adds to the one below it.
_ADDED: Final[dict[Role, frozenset[str]]] = {
    Role.OBSERVER: frozenset({"know", "read", "report", "subscribe", "see_members", "leave"}),
    Role.MEMBER: frozenset({"post", "react", "vote", "upload", "register", "edit", "remove"}),
    Role.MODERATOR: frozenset({"moderate", "see_record"}),
    Role.FACILITATOR: frozenset({"announce", "invite", "admit", "manage", "export"}),
}
BY_ROLE: Final[dict[int, frozenset[str]]] = {
    role: frozenset().union(*(_ADDED[r] for r in Role if r <= role)) for role in Role
}
ACTIONS: Final[frozenset[str]] = BY_ROLE[Role.FACILITATOR] | {"join", "ask", "reopen"}
# What an archived or frozen space still allows: reading, and the ways out. Facilitators reopen an archived one.
READ_ONLY: Final = frozenset(
    {"know", "read", "see_members", "report", "subscribe", "leave", "export", "reopen", "see_record"}
)

REASONS: Final = {
    "read": gettext_lazy("Only members of this space can read what is written here."),
    "post": gettext_lazy("You can read here, but your role in this space does not include writing."),
    "admit": gettext_lazy("Only facilitators of this space decide who comes in."),
    "manage": gettext_lazy("Only facilitators of this space can do this."),
    "announce": gettext_lazy("Only facilitators of this space make announcements."),
    "moderate": gettext_lazy("Only moderators and facilitators of this space can do this."),
    "see_record": gettext_lazy("Only moderators and facilitators of this space can do this."),
    "see_members": gettext_lazy("This space does not show its list of members."),
    "join": gettext_lazy("One cannot join this space without being asked in or admitted."),
    "ask": gettext_lazy("This space does not take requests to join."),
}


class Refused(PermissionDenied):
    """A refusal that says why, in words the reader understands (access.md, "How a refusal looks")."""

    def __init__(self, action: str, space: Space) -> None:
        self.action, self.space = action, space
        super().__init__(self.reason)

    @property
    def reason(self) -> str:
        if self.action != "read" and self.space.frozen_at:
            return _("This space has no facilitator at the moment. Until it has one it can only be read.")
        if self.action != "read" and self.space.archived_at:
            return _("This space is archived: everything can still be read, nothing can be added.")
        return str(REASONS.get(self.action) or _("Your role in this space does not include this."))


class SwitchedOff(Refused):
    """For those who can change it: this room of the space is switched off. To all others it is not there."""

    def __init__(self, space: Space) -> None:
        super().__init__("manage", space)

    @property
    def reason(self) -> str:
        return _(
            "This part of the space is switched off, so nobody can open it. Nothing is lost: you can switch it "
            "on again in the settings of the space."
        )


@dataclass(frozen=True, slots=True)
class Rights:
    """One person's standing in one space. Ask once per request and hand it on."""

    role: int
    actions: frozenset[str]

    def allows(self, action: str) -> bool:
        return action in self.actions

    @property
    def is_inside(self) -> bool:
        return self.role > OUTSIDER

    # For templates, which cannot pass an argument.
    def __getattr__(self, name: str) -> bool:
        if name.startswith("may_") and name[4:] in ACTIONS:
            return name[4:] in self.actions
        raise AttributeError(name)


# Somebody's membership here is suspended: they keep what everyone on the internet has, no more.
SUSPENDED: Final = -1


def rights(user: AnyUser, space: Space) -> Rights:
    """One query; none when `space` came from `Space.objects.with_standing(user)`."""
    if user.is_authenticated and not user.is_active:
        return Rights(OUTSIDER, frozenset())
    standing = _standing(user, space)
    return Rights(max(standing, OUTSIDER), _narrowed(_table(user, space, standing), space, standing))


def may(user: AnyUser, action: str, space: Space) -> bool:
    """Raises ValueError for an action that no table knows: a typing mistake must not read as "no"."""
    if action not in ACTIONS:
        raise ValueError(action)
    return rights(user, space).allows(action)


def require(user: AnyUser, action: str, space: Space) -> None:
    """Raises Refused (403, with the reason) when `user` may not."""
    if not may(user, action, space):
        raise Refused(action, space)


def in_network(user: AnyUser) -> bool:
    """An approved, active person; a newcomer is a visitor with account pages."""
    return bool(user.is_authenticated and user.is_active and user.is_approved)


def _standing(user: AnyUser, space: Space) -> int:
    if not in_network(user):
        return OUTSIDER
    if space.__dict__.get("standing_of") == user.pk:
        return int(space.__dict__["standing"])
    found = type(space).objects.filter(pk=space.pk).with_standing(user).first()
    return int(getattr(found, "standing", OUTSIDER))


def _table(user: AnyUser, space: Space, standing: int) -> frozenset[str]:
    everyone, network = OUTSIDE[space.visibility]
    if not in_network(user) or standing == SUSPENDED:
        return everyone
    if standing > OUTSIDER:
        return network | BY_ROLE[standing]
    return network | (WAYS_IN[space.join_policy] if "know" in network else frozenset())


def _narrowed(allowed: frozenset[str], space: Space, standing: int) -> frozenset[str]:
    """What the space's own state takes away from the tables, or adds."""
    if not space.shows_members and standing < Role.MODERATOR:
        allowed -= {"see_members"}
    if space.archived_at and standing >= Role.FACILITATOR:
        allowed |= {"reopen"}
    return allowed & READ_ONLY if space.is_read_only else allowed


# The same in SQL -------------------------------------------------------------------------------------------------


def standing_in(user: User) -> Case:
    """`_standing` as an expression on Space: a role's number, OUTSIDER or SUSPENDED."""
    from communities.models import Membership

    own = Membership.objects.filter(space=OuterRef("pk"), user=user.pk).values(
        value=Case(
            When(suspended_at__isnull=False, then=Value(SUSPENDED)),
            default=F("role"),
            output_field=IntegerField(),
        )
    )
    member = Coalesce(Subquery(own, output_field=IntegerField()), Value(OUTSIDER))
    granted = Coalesce(role_by_grant(user), Value(OUTSIDER))
    return Case(
        When(Exists(own.filter(suspended_at__isnull=False)), then=Value(SUSPENDED)),
        default=Greatest(member, granted),
        output_field=IntegerField(),
    )


def spaces_allowing(user: AnyUser, action: str) -> Q | Within:
    """The spaces in which `may(user, action, space)` holds, as a condition on Space.

    One query for everybody in the network and one for everybody else, compiled once: of whom it is asked for, it
    takes the id alone.
    """
    if action not in ACTIONS:
        raise ValueError(action)
    if user.is_authenticated and not user.is_active:
        return Q(pk__in=[])
    if in_network(user):
        return Within("pk", _selected(action, True), user_id=user.pk)
    return Within("pk", _selected(action, False))


@dataclass(frozen=True, slots=True)
class InNetwork:
    """Somebody approved and active, for a prepared query: of them only the id counts."""

    pk: int
    is_authenticated: bool = True
    is_active: bool = True
    is_approved: bool = True


@cache
def _selected(action: str, inside: bool) -> Selection:
    from communities.models import Space

    def build(user_id: int = 0) -> Any:
        reader: Any = InNetwork(user_id) if inside else AnonymousUser()
        return Space.objects.filter(_condition(reader, action)).order_by().values("pk")

    return Selection(build)


def _condition(user: AnyUser, action: str) -> Q:
    open_to_all = Q(visibility__in=[v for v, (everyone, _n) in OUTSIDE.items() if action in everyone])
    if not user.is_authenticated or not in_network(user):
        return open_to_all & _state_allows(action)
    here = Q(Exists(_memberships(user).filter(suspended_at__isnull=True, role__in=_roles_with(action)))) | Q(
        Exists(_grants(user, action))
    )
    outside = Q(visibility__in=[v for v, (_e, network) in OUTSIDE.items() if action in network])
    if action in {"join", "ask"}:
        outside = _way_in(user, action)
    not_suspended = ~Q(Exists(_memberships(user).filter(suspended_at__isnull=False)))
    return (open_to_all | (not_suspended & (outside | here))) & _state_allows(action, user)


def _roles_with(action: str) -> list[int]:
    """`reopen` is in no row of the table: it appears when a space is archived, for its facilitators."""
    if action == "reopen":
        return [Role.FACILITATOR]
    return [role for role, actions in BY_ROLE.items() if action in actions]


def _memberships(user: User) -> Any:
    from communities.models import Membership

    return Membership.objects.filter(space=OuterRef("pk"), user=user.pk)


def _grants(user: User, action: str) -> Any:
    names = [name for name, role in GRANTS.items() if role in _roles_with(action)]
    return Grant.objects.in_force().filter(
        content_object=OuterRef("pk"), user=user.pk, permission__codename__in=names
    )


def _way_in(user: User, action: str) -> Q:
    policies = [policy for policy, ways in WAYS_IN.items() if action in ways]
    known = [v for v, (_e, network) in OUTSIDE.items() if "know" in network]
    inside = Q(Exists(_memberships(user))) | Q(Exists(_grants(user, "read")))
    return Q(visibility__in=known, join_policy__in=policies) & ~inside


def _state_allows(action: str, user: User | None = None) -> Q:
    state = Q()
    if action not in READ_ONLY:
        state &= Q(archived_at__isnull=True, frozen_at__isnull=True)
    if action == "reopen":
        state &= Q(archived_at__isnull=False)
    if action == "see_members":
        moderates = Q(pk__in=[])
        if user is not None:
            moderates = Q(Exists(_memberships(user).filter(role__gte=Role.MODERATOR))) | Q(
                Exists(_grants(user, "moderate"))
            )
        state &= Q(shows_members=True) | moderates
    return state
