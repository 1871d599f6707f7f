"""*Who can see this?* says exactly what `permissions` says, over the whole product."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import grants
from communities.models import Membership, Space
from communities.permissions import in_network, may
from communities.readers import audience, people_reading
from communities.roles import JoinPolicy, Visibility
from tests.communities.test_permissions import put_in
from tests.communities.test_views import queries
from tests.world import PEOPLE

SITUATIONS = ["plain", "granted", "grant over", "suspended with a grant", "not approved", "left"]


def situate(situation, cast, space):
    soon = timezone.now() + timedelta(days=1)
    if situation == "granted":
        for name in ("stranger", "newcomer", "suspended", "staff"):
            grants.give(cast[name], "read_space", space, until=soon)
    if situation == "grant over":
        grants.give(cast["stranger"], "manage_space", space, until=timezone.now() - timedelta(seconds=1))
    if situation == "suspended with a grant":
        Membership.objects.filter(space=space, user=cast["member"]).update(suspended_at=timezone.now())
        grants.give(cast["member"], "manage_space", space, until=soon)
    if situation == "not approved":
        type(cast["member"]).objects.filter(pk=cast["member"].pk).update(is_approved=False)
        cast["member"].is_approved = False
    if situation == "left":
        Membership.objects.filter(space=space, user=cast["facilitator"]).delete()


def says(person, space, found, named):
    """What the page says of this person."""
    if person.is_authenticated and not person.is_active:
        return False
    # A membership that is suspended here takes the network's right away; the page says "every approved member".
    if found.everyone:
        return True
    if found.network and in_network(person):
        own = Membership.objects.filter(space=space, user=person.pk, suspended_at__isnull=False)
        return not own.exists()
    return person.pk in named


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("state", ["live", "archived", "frozen", "members_not_shown"])
def test_page_and_permissions_agree_over_the_whole_product(cast, spaces, situation, state):
    """13 people × 4 visibilities × 3 policies × 4 states × 6 situations."""
    for space in spaces.values():
        put_in(state, space)
        situate(situation, cast, space)
        for policy in JoinPolicy:
            if space.visibility == Visibility.HIDDEN and policy != JoinPolicy.INVITE:
                continue
            space.join_policy = policy
            found, named = audience(space), set(people_reading(space).values_list("pk", flat=True))
            said = {name for name in PEOPLE if says(cast[name], space, found, named)}
            assert said == {name for name in PEOPLE if may(cast[name], "read", space)}, space.visibility
            assert found.members + found.granted == len(named)


def test_reasons_are_the_ones_that_hold(cast, hidden_space):
    soon = timezone.now() + timedelta(days=1)
    for name in ("stranger", "observer"):
        grants.give(cast[name], "post_space", hidden_space, until=soon)
    why = {
        person.email.partition("@")[0]: (person.role, person.until) for person in people_reading(hidden_space)
    }
    assert why == {
        "facilitator": (40, None),
        "moderator": (30, None),
        "member": (20, None),
        "observer": (10, soon),
        "stranger": (None, soon),
    }
    assert (audience(hidden_space).members, audience(hidden_space).granted) == (4, 1)


def test_thing_that_everyone_may_see_says_so_whatever_its_space(closed_space):
    assert audience(closed_space, is_open=True).everyone
    assert not audience(closed_space).everyone and not audience(closed_space).network


@pytest.mark.parametrize(
    ("visibility", "words"),
    [("public", "Everyone on the internet"), ("network", "Every approved member"), ("closed", "4 people")],
)
def test_page_names_people_to_those_alone_who_see_the_list(cast, spaces, client_of, visibility, words):
    space = spaces[visibility]
    url = reverse("communities:readers", args=[space.slug])
    for name, shown in (("member", True), ("stranger", False), ("visitor", False)):
        answer = client_of(cast[name]).get(url)
        if answer.status_code == 403:
            continue
        page = answer.content.decode()
        assert words in page
        # How many there are is told in public only where a space has agreed to figures.
        assert ("by their role in this space" in page) is shown
        assert ("Facilitator</bdi>" in page) is shown
    Space.objects.filter(pk=space.pk).update(shows_members=False)
    assert "Moderator</bdi>" not in client_of(cast["member"]).get(url).content.decode()
    assert "Moderator</bdi>" in client_of(cast["facilitator"]).get(url).content.decode()


def test_readers_cost_the_same_for_one_and_thirty(cast, closed_space, client_of):
    from profiles.models import User

    client, url = client_of(cast["member"]), reverse("communities:readers", args=[closed_space.slug])
    few = queries(client, url)
    for number in range(30):
        made = User.objects.create_user(f"r{number}@cast.example", None, display_name="R", is_approved=True)
        Membership.objects.create(space=closed_space, user=made)
        grants.give(made, "post_space", closed_space, until=timezone.now() + timedelta(days=1))
    assert queries(client, url) == few <= 10
