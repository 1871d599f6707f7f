"""Who finds what: each person of the cast, in rows, totals, facets, suggestions and names of spaces."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from communities.models import Membership, Space
from search.entries import drop, put
from search.models import SearchEntry
from search.results import Asked, find
from tests.search.plain_entries import entry, found_by, put_in_each
from tests.world import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]

OPEN = {"everyone", "public space"}
NETWORK = OPEN | {"network", "network space"}
INSIDE = NETWORK | {"closed space", "hidden space"}
EXPECTED = {
    "visitor": OPEN,
    "newcomer": OPEN,
    "suspended": set(),
    **dict.fromkeys(("member", "observer", "moderator", "facilitator"), INSIDE),
    # Neither staff nor superuser reads what they are not in.
    **dict.fromkeys(("stranger", "former", "editor", "translator_ar", "staff", "root"), NETWORK),
}


@pytest.fixture
def everywhere(spaces):
    put_in_each(spaces)


@pytest.mark.parametrize("name", PEOPLE)
def test_each_person_finds_what_they_may_read(cast, everywhere, name):
    assert found_by(cast[name], "registre") == EXPECTED[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_suggestions_and_plain_rows_obey_the_same_rule(cast, spaces, name):
    put(entry(title="Zyx everyone"), entry(title="Zyx network", audience="network"))
    put(*(entry(title=f"Zyx {visibility} space", space_id=space.pk) for visibility, space in spaces.items()))
    titles = {f"Zyx {title}" for title in EXPECTED[name]}
    visible = SearchEntry.objects.visible_to(cast[name])
    assert set(visible.starting("zy").values_list("title", flat=True)) == titles
    assert set(visible.values_list("title", flat=True)) == titles


@pytest.mark.parametrize("name", PEOPLE)
def test_totals_and_facets_count_what_the_reader_sees(cast, spaces, name):
    put_in_each(spaces)
    put(entry(kind="event", language="ar", title="closed space", space_id=spaces["closed"].pk))
    results = find(cast[name], Asked("registre"))
    expected = len(EXPECTED[name]) + ("closed space" in EXPECTED[name])
    assert results.total == len(results.lines) == expected
    assert sum(facet.count for facet in results.kinds) == expected
    assert sum(facet.count for facet in results.languages) == expected
    assert any(facet.value == "event" for facet in results.kinds) == ("closed space" in EXPECTED[name])


@pytest.mark.parametrize("name", ["visitor", "stranger", "former", "staff", "root"])
def test_forbidden_kind_and_unknown_kind_give_the_same_answer(client_of, cast, spaces, name):
    put(entry(), entry(kind="event", language="nl", space_id=spaces["closed"].pk))

    def page(**query):
        response = client_of(cast[name]).get("/en/search/", {"q": "registre", **query})
        content = re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]+', rb"\1", response.content)
        return response.status_code, content.replace(b"xyzzy", b"event")

    assert page(kind="event") == page(kind="xyzzy")
    assert page(language="nl")[0] == page(language="xy")[0] == 200


def test_page_shows_no_word_of_what_is_hidden_from_the_reader(client_of, cast, everywhere):
    for name in PEOPLE:
        content = client_of(cast[name]).get("/en/search/", {"q": "registre"}).content.decode()
        for title in INSIDE - {"network", "everyone"}:
            # Once as the title of the hit, and nowhere for whoever may not read it.
            assert (f"{title}</a>" in content) == (title in EXPECTED[name] and name != "suspended") or (
                name == "suspended" and title in OPEN
            ), (name, title)


def test_name_of_a_space_is_shown_to_its_reader(client_of, member, stranger, everywhere):
    asked = {"q": "registre"}
    assert "The hidden space" in client_of(member).get("/en/search/", asked).content.decode()
    assert "The hidden space (fr)" in client_of(member).get("/fr/search/", asked).content.decode()
    assert "The hidden space" not in client_of(stranger).get("/en/search/", asked).content.decode()


def test_leaving_takes_the_right_at_once(member, closed_space, everywhere):
    assert "closed space" in found_by(member, "registre")
    Membership.objects.filter(user=member, space=closed_space).delete()
    assert "closed space" not in found_by(member, "registre")


def test_suspension_in_a_space_takes_the_right_at_once(member, closed_space, everywhere):
    from django.utils import timezone

    Membership.objects.filter(user=member, space=closed_space).update(suspended_at=timezone.now())
    assert "closed space" not in found_by(member, "registre")


def test_change_of_visibility_touches_no_entry(stranger, closed_space, network_space, everywhere):
    Space.objects.filter(pk=network_space.pk).update(visibility="closed", join_policy="request")
    assert "network space" not in found_by(stranger, "registre")


def test_minus_never_tells_of_hidden_rows(stranger, closed_space):
    put(entry(title="Asile"), entry(title="Asile prison", space_id=closed_space.pk))
    assert found_by(stranger, "asile -prison") == {"Asile"}
    assert found_by(stranger, "prison") == set()


def test_dropped_entry_is_found_by_nobody(member):
    put(entry(object_id=77, title="Asile"))
    drop("topic", 77)
    assert found_by(member, "asile") == found_by(AnonymousUser(), "asile") == set()
