"""Prepared queries answer as those that are built anew, also when time has passed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from communities import grants
from communities.models import Membership, Space
from communities.permissions import rights
from communities.prepared import Moment, Prepared
from communities.roles import Role
from communities.views import door
from tests.communities.test_permissions import STATES, put_in
from tests.world import PEOPLE


def plain(user, space):
    return Space.objects.known_to(user).with_standing(user).filter(pk=space.pk).first()


def through_the_door(user, space):
    return door._known_to(user, space.slug)


def agree(user, space):
    built, prepared = plain(user, space), through_the_door(user, space)
    assert (built is None) == (prepared is None)
    if built is None:
        return None
    assert rights(user, prepared) == rights(user, built)
    return rights(user, prepared)


@pytest.mark.parametrize("state", STATES)
def test_door_answers_as_the_rules_do(cast, spaces, state):
    for space in spaces.values():
        put_in(state, space)
    answers = {(name, key): agree(cast[name], space) for name in PEOPLE for key, space in spaces.items()}
    assert answers["stranger", "hidden"] is None and answers["member", "hidden"].role == Role.MEMBER


def test_what_was_prepared_for_one_says_nothing_about_the_next(cast, hidden_space):
    assert agree(cast["member"], hidden_space).role == Role.MEMBER
    assert agree(cast["stranger"], hidden_space) is None
    Membership.objects.filter(user=cast["member"], space=hidden_space).delete()
    assert agree(cast["member"], hidden_space) is None


def test_grant_ends_although_its_query_was_prepared_while_it_ran(cast, facilitator, hidden_space):
    until = timezone.now() + timedelta(hours=1)
    grants.give(cast["stranger"], "read_space", hidden_space, until=until, by=facilitator)
    assert agree(cast["stranger"], hidden_space).role == Role.OBSERVER
    with time_machine.travel(until - timedelta(seconds=1), tick=False):
        assert agree(cast["stranger"], hidden_space) is not None
    with time_machine.travel(until, tick=False):
        assert agree(cast["stranger"], hidden_space) is None


def test_suspension_of_the_account_takes_the_other_way(member, hidden_space):
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    member.refresh_from_db()
    assert agree(member, hidden_space) is None


def test_words_of_the_space_come_along(member, closed_space, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert through_the_door(member, closed_space).name


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1, tzinfo=timezone.get_fixed_timezone(0))])
def test_moment_that_would_stand_for_ever_is_refused(db, moment):
    prepared = Prepared(lambda slug: Space.objects.filter(slug=slug, created_at__lt=moment))
    with pytest.raises(ValueError, match="moment"):
        prepared(slug="x")


def test_value_that_the_query_forgets_is_refused(db):
    with pytest.raises(ValueError, match="number"):
        Prepared(lambda slug, number: Space.objects.filter(slug=slug))(slug="x", number=1)


def test_none_is_a_query_of_its_own(closed_space):
    prepared = Prepared(lambda pk, cover: Space.objects.filter(pk=pk, cover=cover))
    assert prepared(pk=closed_space.pk, cover=5) == []
    assert prepared(pk=closed_space.pk, cover=None) == [closed_space]
    assert prepared(pk=closed_space.pk, cover=5) == []


def test_moment_is_now(closed_space):
    prepared = Prepared(lambda pk: Space.objects.filter(pk=pk, created_at__lt=Moment()))
    assert prepared(pk=closed_space.pk) == [closed_space]
    with time_machine.travel(closed_space.created_at - timedelta(days=1)):
        assert prepared(pk=closed_space.pk) == []
        assert not Space.objects.filter(pk=closed_space.pk, created_at__lt=Moment()).exists()
