"""Things of other rooms named to whoever may read them: the rule of the search, in one query."""

import pytest

from search.entries import put
from search.lines import by, found, is_by, lines
from search.models import SearchEntry
from tests.search.plain_entries import entry, put_in_each
from tests.search.test_visibility import EXPECTED, NETWORK
from tests.world import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


@pytest.fixture
def pairs(spaces):
    put_in_each(spaces)
    return list(SearchEntry.objects.values_list("kind", "object_id"))


@pytest.mark.parametrize("name", PEOPLE)
def test_lines_name_what_the_reader_may_read_in_one_query(cast, pairs, name, django_assert_max_num_queries):
    lines(cast[name], pairs)  # content types are remembered
    with django_assert_max_num_queries(1):
        named = {line.title for line in lines(cast[name], [*pairs, ("topic", 10**9)]).values()}
    assert named == EXPECTED[name]


def test_lines_for_nobody_in_particular_are_those_of_the_network(pairs):
    assert {line.title for line in lines(None, pairs).values()} == NETWORK
    assert lines(None, []) == {}


def test_own_things_are_those_one_wrote_and_may_still_read(member, stranger, closed_space):
    closed = {"space_id": closed_space.pk, "audience": None}
    put(
        entry(title="Mine", author=member.pk, object_id=1),
        entry(title="Closed", author=member.pk, object_id=2, **closed),
        entry(title="Theirs there", author=stranger.pk, object_id=3, **closed),
        entry(title="Of no author", object_id=4),
    )
    assert {line.title for line in by(member, "topic", most=9)} == {"Mine", "Closed"}
    assert by(stranger, "topic", most=9) == []
    assert [is_by(member, "topic", number) for number in (1, 2, 3, 4)] == [True, True, False, False]
    assert not is_by(stranger, "topic", 3)


def test_without_words_the_newest_in_the_readers_language_are_found(member, closed_space, stranger):
    put(
        entry(kind="resource", language="en", title="Register"),
        entry(kind="resource", language="fr", title="Registre"),
        entry(kind="topic", language="en", title="Register of a topic"),
        entry(kind="event", language="en", title="Register, closed", space_id=closed_space.pk, audience=None),
    )
    kinds = ("resource", "event")
    assert {line.title for line in found(member, "", kinds, most=9)} == {"Register", "Register, closed"}
    assert {line.title for line in found(stranger, " ", kinds, most=9)} == {"Register"}
    assert {line.title for line in found(stranger, "register", kinds, most=9)} == {"Register"}
