"""The tables of access.md, written out a second time by hand, and the two forms of the rules against each other."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from communities import grants
from communities.models import Membership, Space
from communities.permissions import ACTIONS, Refused, may, require, rights, spaces_allowing
from communities.roles import JoinPolicy, Role, Visibility
from tests.world import PEOPLE

STATES = ("live", "archived", "frozen", "members_not_shown")
WRITING = {"post", "react", "vote", "upload", "register", "edit", "remove"}
OBSERVER = {"know", "read", "report", "subscribe", "see_members", "leave"}
MEMBER = OBSERVER | WRITING
MODERATOR = MEMBER | {"moderate", "see_record"}
FACILITATOR = MODERATOR | {"announce", "invite", "admit", "manage", "export"}
IN_SPACE = {"observer": OBSERVER, "member": MEMBER, "moderator": MODERATOR, "facilitator": FACILITATOR}
NOBODY = {"visitor", "newcomer"}


def expected(person: str, visibility: str) -> set[str]:
    """access.md, row by row, for a space that is neither archived nor frozen."""
    if person == "suspended":
        return set()
    where_one_may_read = {"know", "read", "report", "subscribe", "register"}
    outside = {
        "public": {"know", "read"} if person in NOBODY else where_one_may_read,
        "network": {"know"} if person in NOBODY else where_one_may_read,
        "closed": {"know"},
        "hidden": set(),
    }[visibility]
    if person in IN_SPACE:
        return outside | IN_SPACE[person]
    ways_in = {"public": {"join"}, "network": {"join"}, "closed": {"ask"}, "hidden": set()}[visibility]
    return outside | (set() if person in NOBODY else ways_in)


def put_in(state: str, space: Space) -> None:
    if state == "archived":
        space.archived_at = timezone.now()
    if state == "frozen":
        space.frozen_at = timezone.now()
    if state == "members_not_shown":
        space.shows_members = False
    space.save()


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("visibility", list(Visibility))
def test_rights_in_a_live_space_are_those_of_the_table(cast, spaces, person, visibility):
    space = spaces[visibility]
    assert {action for action in ACTIONS if may(cast[person], action, space)} == expected(person, visibility)


@pytest.mark.parametrize("state", STATES)
def test_rules_in_python_and_sql_agree_over_the_whole_product(cast, spaces, state):
    """13 people × 4 visibilities × 4 states × 23 actions."""
    for space in spaces.values():
        put_in(state, space)
    held = {(name, s.pk): rights(cast[name], s) for name in PEOPLE for s in spaces.values()}
    asked = 0
    for person, action in itertools.product(PEOPLE, sorted(ACTIONS)):
        by_python = {s.pk for s in spaces.values() if held[person, s.pk].allows(action)}
        by_sql = set(Space.objects.filter(spaces_allowing(cast[person], action)).values_list("pk", flat=True))
        assert by_sql == by_python, (person, action, state)
        asked += len(spaces)
    assert asked == 13 * 4 * len(ACTIONS)


@pytest.mark.parametrize("policy", list(JoinPolicy))
@pytest.mark.parametrize("person", ["stranger", "member", "newcomer", "visitor"])
def test_way_in_follows_the_join_policy(cast, public_space, person, policy):
    public_space.join_policy = policy
    public_space.save()
    ways = {a for a in ("join", "ask") if may(cast[person], a, public_space)}
    by_sql = {
        a for a in ("join", "ask") if Space.objects.allowing(cast[person], a).filter(pk=public_space.pk)
    }
    wanted = {"open": {"join"}, "request": {"ask"}, "invite": set()}[policy]
    assert ways == by_sql == (wanted if person == "stranger" else set())


@pytest.mark.parametrize("state", ["archived", "frozen"])
def test_read_only_space_lets_nobody_write_but_everybody_leave(cast, closed_space, state):
    put_in(state, closed_space)
    for person in IN_SPACE:
        allowed = {a for a in ACTIONS if may(cast[person], a, closed_space)}
        assert not allowed & (WRITING | {"moderate", "announce", "invite", "admit", "manage"}), person
        assert {"read", "leave", "report"} <= allowed
    assert may(cast["facilitator"], "reopen", closed_space) == (state == "archived")


def test_suspended_membership_leaves_what_everyone_has(member, spaces):
    Membership.objects.filter(user=member).update(suspended_at=timezone.now())
    allowed = {v: {a for a in ACTIONS if may(member, a, s)} for v, s in spaces.items()}
    assert allowed == {"public": {"know", "read"}, "network": {"know"}, "closed": {"know"}, "hidden": set()}
    for action in ACTIONS:
        by_sql = set(Space.objects.allowing(member, action).values_list("visibility", flat=True))
        assert by_sql == {v for v in allowed if action in allowed[v]}, action


@pytest.mark.parametrize(("grant", "role"), [(name, role) for name, role in grants.GRANTS.items()])
def test_grant_gives_the_rights_of_its_role_until_it_ends(stranger, hidden_space, grant, role):
    assert not may(stranger, "know", hidden_space)
    grants.give(stranger, grant, hidden_space, until=timezone.now() + timedelta(hours=1))
    assert rights(stranger, hidden_space).role == role
    allowed = {a for a in ACTIONS if may(stranger, a, hidden_space)}
    assert allowed == IN_SPACE[role.name.lower()]
    for action in ACTIONS:
        assert Space.objects.allowing(stranger, action).filter(pk=hidden_space.pk).exists() == (
            action in allowed
        )
    grants.give(stranger, grant, hidden_space, until=timezone.now() - timedelta(seconds=1))
    assert {a for a in ACTIONS if may(stranger, a, hidden_space)} == set()
    assert not Space.objects.known_to(stranger).filter(pk=hidden_space.pk).exists()


def test_grant_and_role_unite(observer, closed_space):
    grants.give(observer, "moderate_space", closed_space, until=timezone.now() + timedelta(hours=1))
    assert rights(observer, closed_space).role == Role.MODERATOR
    grants.withdraw(observer, closed_space)
    assert rights(observer, closed_space).role == Role.OBSERVER


def test_grant_ends_with_the_accounts_active_state(stranger, hidden_space):
    grants.give(stranger, "manage_space", hidden_space, until=timezone.now() + timedelta(hours=1))
    stranger.is_active = False
    stranger.save()
    assert not any(may(stranger, action, hidden_space) for action in ACTIONS)
    assert not Space.objects.known_to(stranger).exists()


@pytest.mark.parametrize("person", ["staff", "root", "editor"])
def test_platform_roles_open_no_space(cast, closed_space, hidden_space, person):
    assert not may(cast[person], "read", closed_space)
    assert not may(cast[person], "know", hidden_space)


def test_require_refuses_with_a_reason(observer, closed_space):
    with pytest.raises(Refused) as refusal:
        require(observer, "post", closed_space)
    assert "your role in this space does not include writing" in refusal.value.reason


def test_unknown_action_is_an_error_not_a_no(member, closed_space):
    with pytest.raises(ValueError, match="raed"):
        may(member, "raed", closed_space)


def test_rights_ask_once_and_nothing_when_the_space_carries_the_standing(
    member, closed_space, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert rights(member, closed_space).allows("post")
    carried = Space.objects.with_standing(member).get(pk=closed_space.pk)
    with django_assert_num_queries(0):
        assert rights(member, carried).allows("post")


def test_standing_of_one_person_never_serves_another(member, stranger, closed_space):
    carried = Space.objects.with_standing(member).get(pk=closed_space.pk)
    assert not rights(stranger, carried).allows("read")
