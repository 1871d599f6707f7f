"""Things of other rooms named to whoever may read them: the rule of the search, in one query."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from profiles.models import User
from search.entries import drop, put
from search.lines import by, followed, found, is_by, lines
from search.models import SearchEntry
from tests.search.plain_entries import entry, put_in_each
from tests.search.test_visibility import EXPECTED, NETWORK
from tests.world import PEOPLE
from themes.models import Theme

TODAY = date(2026, 5, 4)

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


# Themes -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def themes(db):
    return [Theme.objects.create(slug=slug) for slug in ("custody", "asylum")]


def titles(viewer, *themes, **more):
    wanted = Theme.objects.filter(pk__in=[theme.pk for theme in themes]).values("pk")
    return [line.title for line in about(viewer, wanted, **more)]


def about(viewer, themes, kinds=("topic",), **more):
    nobody = User.objects.none().values("pk")
    rest = {"people": nobody, "written": [], "since": TODAY, "most": 9, **more}
    return followed(viewer, themes=themes, of=kinds, **rest)


@pytest.mark.parametrize("name", PEOPLE)
def test_things_about_a_theme_are_those_the_reader_may_read_in_one_query(
    cast, spaces, themes, name, django_assert_max_num_queries
):
    put_in_each(spaces)
    SearchEntry.objects.update(date=TODAY)
    for row in SearchEntry.objects.all():
        row.themes.add(themes[0])
    about(cast[name], Theme.objects.values("pk"))
    with django_assert_max_num_queries(1):
        assert set(titles(cast[name], *themes)) == EXPECTED[name]
    assert titles(cast[name], themes[1]) == []


def test_things_about_several_themes_are_named_once_newest_first(visitor, themes, django_assert_num_queries):
    earlier, both = TODAY - timedelta(days=9), [theme.pk for theme in themes]
    put(
        entry(title="Older", date=earlier, themes=both),
        entry(title="New", date=TODAY, themes=both),
        entry(title="Other kind", kind="event", date=TODAY, themes=both),
        entry(title="Without", date=TODAY, themes=[]),
        entry(title="Undated", themes=both),
    )
    assert titles(visitor, *themes, since=earlier) == ["New", "Older"]
    assert titles(visitor, *themes) == ["New"]
    assert titles(visitor, *themes, since=earlier, most=1) == ["New"]


@pytest.mark.parametrize(("language", "title"), [("fr", "Registre"), ("ar", "سجل"), ("nl", "Registre")])
def test_of_translations_that_in_the_readers_language_is_named_or_the_first(visitor, themes, language, title):
    work, custody = uuid4(), [themes[0].pk]
    put(entry(title="Registre", language="fr", date=TODAY, themes=custody, work=work))
    put(entry(title="سجل", language="ar", date=TODAY, themes=custody, work=work))
    put(entry(title="Alone", language="en", date=TODAY, themes=custody, work=uuid4()))
    put(entry(title="Of no work", language="en", date=TODAY, themes=custody))
    with override(language):
        assert set(titles(visitor, *themes)) == {title, "Alone", "Of no work"}


def test_put_again_says_the_themes_anew_and_what_goes_takes_them_along(visitor, themes):
    pairs = SearchEntry.themes.through.objects
    put(entry(object_id=1, themes=[themes[0].pk]))
    put(entry(object_id=1, themes=[themes[1].pk]))
    assert list(pairs.values_list("theme", flat=True)) == [themes[1].pk]
    themes[1].delete()
    assert not pairs.exists() and SearchEntry.objects.filter(object_id=1).exists()
    put(entry(object_id=1, themes=[themes[0].pk]))
    drop("topic", 1)
    assert not pairs.exists()
