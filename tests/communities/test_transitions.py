"""The tables of access.md in time: whatever changes, the next request over HTTP gets what `permissions.py` says of
the state after it, for the whole cast, with sessions that were open before.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import grants, joining, roster
from communities.founding import archive, hide, reopen
from communities.models import Membership, Space
from communities.permissions import WAYS_IN, rights
from communities.roles import JoinPolicy, Role, Visibility
from profiles.models import User
from tests.world import POLICY

# Those whose standing some change below touches, and one of each other kind.
PEOPLE = ("visitor", "newcomer", "stranger", "suspended", "member", "moderator", "facilitator")
# What is asked over HTTP, and which right it needs besides reading.
READING = {
    "communities:space": "read",
    "communities:members": "see_members",
    "forum:topic_new": "post",
    "communities:invitations": "invite",
    "communities:handover": "manage",
}


def wanted(allows, action):
    if not allows("know"):
        return 404
    return 200 if allows("read") and allows(action) else 403


def tables(cast, space):
    """(person, address) -> status, as the rules say of people and space as they are now."""
    fresh, users = Space.objects.get(pk=space.pk), User.objects.in_bulk([cast[n].pk for n in PEOPLE[1:]])
    people = {name: users.get(cast[name].pk, cast["visitor"]) for name in PEOPLE}
    # Whose account is suspended is a visitor.
    people = {n: p if p.is_active else cast["visitor"] for n, p in people.items()}
    allowed = {name: rights(person, fresh).allows for name, person in people.items()}
    return {(name, a): wanted(allows, READING[a]) for name, allows in allowed.items() for a in READING}


def answers(clients, space):
    """The same over HTTP, by the address the space has now."""
    return {
        (name, address): client.get(reverse(address, args=[space.slug])).status_code
        for name, client in clients.items()
        for address in READING
    }


def row(space, person):
    return Membership.objects.get(space=space, user=person)


def to_visibility(visibility, policy):
    def change(space, cast):
        if visibility == Visibility.HIDDEN:
            hide(space, by=cast["facilitator"])
        else:
            Space.objects.filter(pk=space.pk).update(visibility=visibility, join_policy=policy)

    return change


CHANGES = {
    **{f"to {v.value}": to_visibility(v, POLICY[v]) for v in Visibility},
    **{
        f"member becomes {role.name.lower()}": lambda space, cast, role=role: roster.change_role(
            space, cast["member"].public_id, role, by=cast["facilitator"]
        )
        for role in (Role.OBSERVER, Role.MODERATOR, Role.FACILITATOR)
    },
    "member suspended here": lambda space, cast: roster.suspend(
        space, cast["member"].public_id, by=cast["facilitator"], reason="r"
    ),
    "member removed": lambda space, cast: roster.remove(
        space, cast["member"].public_id, by=cast["facilitator"], reason="r"
    ),
    "handed over": lambda space, cast: roster.hand_over(
        space, cast["member"].public_id, by=cast["facilitator"], then=Role.OBSERVER
    ),
    "facilitator left, heir": lambda space, cast: joining.leave(row(space, cast["facilitator"])),
    "facilitator left, frozen": lambda space, cast: (
        joining.leave(row(space, cast["moderator"])),
        joining.leave(row(space, cast["facilitator"])),
    ),
    "member's account suspended": lambda space, cast: _account(cast, "member", is_active=False),
    "member's account waits": lambda space, cast: _account(cast, "member", is_approved=False),
    "newcomer approved": lambda space, cast: _account(cast, "newcomer", is_approved=True),
    "stranger granted": lambda space, cast: grants.give(
        cast["stranger"], "moderate_space", space, until=timezone.now() + timezone.timedelta(hours=1)
    ),
    "list of members hidden": lambda space, cast: Space.objects.filter(pk=space.pk).update(
        shows_members=False
    ),
    "archived": lambda space, cast: archive(space, by=cast["facilitator"]),
    "reopened": lambda space, cast: (
        archive(space, by=cast["facilitator"]),
        reopen(space, by=cast["facilitator"]),
    ),
}


# The state is the one from before, or the tables ask something else of it.
WITHOUT_EFFECT = {"to closed", "reopened", "member becomes moderator", "newcomer approved in closed"}


def _account(cast, name, **state):
    User.objects.filter(pk=cast[name].pk).update(**state)


# In a space that everybody reads, losing one's place must not look like being let in again.
ALSO_IN_PUBLIC = ("to hidden", "to closed", "member suspended here", "member removed", "archived")


@pytest.mark.parametrize(
    ("visibility", "change"),
    [(Visibility.CLOSED, name) for name in CHANGES]
    + [(Visibility.PUBLIC, name) for name in ALSO_IN_PUBLIC]
    + [(Visibility.NETWORK, "newcomer approved")],
)
def test_change_holds_for_everybody_at_the_next_request(cast, spaces, client_of, visibility, change):
    space = spaces[visibility]
    clients = {name: client_of(cast[name]) for name in PEOPLE}
    before, address = tables(cast, space), space.get_absolute_url()
    for client in clients.values():
        client.get(address)  # the session is in use
    CHANGES[change](space, cast)
    after = tables(cast, space)
    assert before != after or {change, f"{change} in {visibility}"} & WITHOUT_EFFECT
    now = Space.objects.get(pk=space.pk)
    assert answers(clients, now) == after
    if now.get_absolute_url() != address:
        # The old address leads nowhere, for those inside as well.
        assert {c.get(address).status_code for c in clients.values()} == {404}


# Which policies go with which visibility (access.md, first table).
FITTING = {v: tuple(JoinPolicy) for v in (Visibility.PUBLIC, Visibility.NETWORK)} | {
    Visibility.CLOSED: (JoinPolicy.REQUEST, JoinPolicy.INVITE),
    Visibility.HIDDEN: (JoinPolicy.INVITE,),
}


@pytest.mark.parametrize(("visibility", "policy"), [(v, p) for v, fit in FITTING.items() for p in fit])
def test_change_of_policy_holds_at_the_next_request(spaces, stranger, client_of, visibility, policy):
    """Whoever asks with a page that was open finds the way in that holds now, whatever it was."""
    space, client = spaces[visibility], client_of(stranger)
    Space.objects.filter(pk=space.pk).update(join_policy=policy)
    ways = WAYS_IN[policy] if visibility != Visibility.HIDDEN else frozenset()
    refused = 404 if visibility == Visibility.HIDDEN else 403
    asking = reverse("communities:join_request", args=[space.slug])
    assert client.get(asking).status_code == (200 if "ask" in ways else refused)
    answer = client.post(reverse("communities:membership", args=[space.slug]))
    assert answer.status_code == (302 if "join" in ways else refused)
    assert Membership.objects.filter(space=space, user=stranger).exists() == ("join" in ways)
