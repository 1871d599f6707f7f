"""Between the page that was shown and the deed, the right was lost: nothing is done (issue 5, "a second ago")."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from communities import founding, granting, joining, presenting, settling, taking, wording
from communities.models import Grant, Membership, Record, Space, SpaceExport
from communities.permissions import Refused
from communities.roles import JoinPolicy, Role, Visibility


def give(space, by, person):
    return granting.give(
        space, person, "read_space", until=timezone.now() + timedelta(days=1), by=by, reason="r"
    )


DEEDS = {
    "widened": lambda space, by, _other: settling.settle(
        space, by=by, seen=space.changes, themes=[], visibility=Visibility.PUBLIC
    ),
    "hidden": lambda space, by, _other: founding.hide(space, by=by),
    "archived": lambda space, by, _other: founding.archive(space, by=by),
    "right given": give,
    "copied": lambda space, by, _other: taking.ask(space, by=by),
    "renamed": lambda space, by, _other: presenting.write(space, "en", by=by, name="Taken", purpose=""),
    "texts": lambda space, by, _other: wording.write(
        space, {"en": {"name": "Taken"}}, by=by, had={"en": wording.seen(space.texts.get(language="en"))}
    ),
    "readdressed": lambda space, by, _other: presenting.readdress(space, "taken", by=by),
    "counted": lambda space, by, _other: presenting.agree_to_figures(space, ["since"], by=by),
}


@pytest.mark.parametrize("how", ["demoted", "removed"])
@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_runs_a_space_no_more_changes_nothing(deed, how, closed_space, facilitator, stranger):
    """The view had asked: its space still says that they may."""
    rows = Membership.objects.filter(space=closed_space, user=facilitator)
    rows.update(role=Role.MEMBER) if how == "demoted" else rows.delete()
    before, records = state(closed_space), Record.objects.count()
    with pytest.raises((Refused, Http404)):
        DEEDS[deed](Space.objects.get(pk=closed_space.pk), facilitator, stranger)
    assert (state(closed_space), Record.objects.count()) == (before, records)


def state(space):
    texts = list(space.texts.order_by("language").values_list("language", "name", "purpose"))
    return (
        Space.objects.filter(pk=space.pk).values().get(),
        texts,
        Grant.objects.count(),
        SpaceExport.objects.count(),
    )


def test_right_is_not_withdrawn_by_who_lost_theirs(closed_space, facilitator, stranger):
    grant = give(closed_space, facilitator, stranger)
    Membership.objects.filter(space=closed_space, user=facilitator).update(role=Role.MODERATOR)
    with pytest.raises(Refused):
        granting.withdraw(grant, by=facilitator)
    assert Grant.objects.count() == 1


def test_archived_space_is_not_opened_again_by_who_lost_the_right(closed_space, facilitator):
    founding.archive(closed_space, by=facilitator)
    Membership.objects.filter(space=closed_space, user=facilitator).update(role=Role.MODERATOR)
    with pytest.raises(Refused):
        founding.reopen(closed_space, by=facilitator)
    assert Space.objects.get(pk=closed_space.pk).archived_at


@pytest.mark.parametrize("change", ["closed", "hidden", "invite", "archived"])
def test_space_that_closed_a_second_ago_is_not_joined(network_space, stranger, change):
    """And whoever taps twice is in once."""
    inside = Membership.objects.filter(space=network_space, user=stranger)
    columns = {
        "closed": {"visibility": Visibility.CLOSED, "join_policy": JoinPolicy.REQUEST},
        "hidden": {"visibility": Visibility.HIDDEN, "join_policy": JoinPolicy.INVITE},
        "invite": {"join_policy": JoinPolicy.INVITE},
        "archived": {"archived_at": timezone.now()},
    }[change]
    rows = Space.objects.filter(pk=network_space.pk)
    before = rows.values(*columns).get()
    rows.update(**columns)
    with pytest.raises((Refused, Http404)):
        joining.come_in(network_space, stranger)
    assert not inside.exists()
    rows.update(**before)
    first = joining.come_in(network_space, stranger)
    assert joining.come_in(network_space, stranger) == first == inside.get()
