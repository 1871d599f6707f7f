"""What the rooms hand in is found, on whichever database the suite runs."""

import datetime
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import hooks
from communities.models import Space
from search import entries
from search.analyser import ANALYSER_VERSION
from search.entries import LONGEST_BODY, Entry, drop, put, register_source
from search.kinds import KINDS
from search.models import SearchEntry
from search.querysets import MOST_RANKED
from search.rebuilding import rebuild
from tests.search.plain_entries import entry
from tests.search.test_query import SPICED

DATA = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
ODD = [item if isinstance(item, str) else item["repeat"] * item["times"] for item in DATA["odd"]] + ["\ud800"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


@pytest.fixture
def documents():
    put(
        *(
            entry(object_id=row["id"], **{k: row[k] for k in ("language", "title", "body")})
            for row in DATA["documents"]
        )
    )


@pytest.fixture
def registered(monkeypatch):
    """The sources of this test alone."""
    monkeypatch.setattr(entries, "_sources", {})


def found(text: str) -> set[int]:
    return set(SearchEntry.objects.search(text).ranked().values_list("object_id", flat=True))


# Finding ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", DATA["queries"], ids=lambda case: case["query"])
def test_query_finds_what_it_must_and_not_what_it_must_not(documents, case):
    ids = found(case["query"])
    assert set(case["must"]) <= ids, case["note"]
    assert not set(case["must_not"]) & ids, case["note"]


def test_both_databases_find_the_same_rows(documents):
    """Every row of every query is kept beside it: both runs compare with them."""
    expected = {case["query"]: case["found"] for case in DATA["queries"]}
    assert {text: sorted(found(text)) for text in expected} == expected


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:20]))
def test_odd_input_never_raises(documents, text):
    list(SearchEntry.objects.search(text).ranked()[:5])
    list(SearchEntry.objects.starting(text)[:5])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPICED | st.text(st.characters(), max_size=60))
def test_any_input_never_raises(documents, text):
    list(SearchEntry.objects.search(text).ranked()[:5])
    list(SearchEntry.objects.starting(text)[:5])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["en", "fr", "nl", "ar"]))
def test_any_text_is_stored_and_found_by_its_own_words(db, text, language):
    put(entry(object_id=7, title="Titre", body=text, language=language))
    asked = " ".join(word for word in text.split() if not word.startswith("-"))
    stems = SearchEntry.objects.get(object_id=7).body_terms
    if stems.isascii() and stems and len(asked) == len(text) and not set(text) & set("\"«»“”„‟-'’ʼ"):
        assert found(text) == {7}


def test_title_counts_more_than_body(db):
    put(entry(object_id=1, title="Autre", body="asile " * 3), entry(object_id=2, title="Asile", body="autre"))
    assert [row.object_id for row in SearchEntry.objects.search("asile").ranked()] == [2, 1]


def test_equal_hits_come_newest_first(db):
    days = [datetime.date(2026, 1, day) for day in (2, 3, 1)]
    put(
        *(entry(object_id=day.day, title="Asile", date=day) for day in days),
        entry(object_id=9, title="Asile"),
    )
    assert [row.object_id for row in SearchEntry.objects.search("asile").ranked()] == [3, 2, 1, 9]


def test_of_a_common_word_only_the_newest_are_ranked(db, monkeypatch):
    monkeypatch.setattr("search.querysets.MOST_RANKED", 3)
    old = entry(object_id=50, title="Asile asile asile", date=datetime.date(2020, 1, 1))
    put(
        old,
        *(
            entry(object_id=n, title="Long titre", body="asile", date=datetime.date(2026, 1, n))
            for n in range(1, 7)
        ),
    )
    assert [row.object_id for row in SearchEntry.objects.search("asile").ranked()] == [6, 5, 4]
    assert MOST_RANKED == 1_000


def test_starting_finds_titles_by_an_unfinished_word(documents):
    assert {row.object_id for row in SearchEntry.objects.starting("déten")} == {2}
    assert {row.object_id for row in SearchEntry.objects.starting("mesure prev")} == {3}
    assert {row.object_id for row in SearchEntry.objects.starting("الاحتج")} == {8, 10}
    assert not SearchEntry.objects.starting("")


# Putting and dropping ---------------------------------------------------------------------------------------
def test_put_again_replaces(db):
    put(entry(object_id=1, title="Asile"))
    put(entry(object_id=1, title="Prison"))
    assert found("asile") == set()
    assert found("prison") == {1}


def test_put_of_two_entries_for_one_object_keeps_the_later(db):
    put(entry(object_id=1, title="Asile"), entry(object_id=1, title="Prison"))
    assert found("asile prison") == found("asile") == set()
    assert found("prison") == {1}


def test_put_same_id_of_another_kind_is_another_row(db):
    put(entry(object_id=1, title="Asile"), entry(object_id=1, title="Asile", kind="event"))
    assert SearchEntry.objects.search("asile").count() == 2


def test_put_nothing_is_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        put()


def test_put_is_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        put(entry())


def test_drop_takes_it_out_of_the_index_too(db):
    put(entry(object_id=1, title="Asile"), entry(object_id=2, title="Asile"))
    drop("topic", 1)
    drop("topic", 99)
    assert found("asile") == {2}


def test_space_deleted_takes_its_entries(db):
    space = Space.objects.create(slug="bare")
    put(entry(space_id=space.pk, title="Asile"))
    space.delete()
    assert found("asile") == set()


def test_entry_must_say_who_reads_it():
    with pytest.raises(ValueError, match="who reads it"):
        entry(audience=None)


@pytest.mark.parametrize("url", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"])
def test_entry_leads_to_no_other_host(url):
    with pytest.raises(ValueError, match="not an address of ours"):
        entry(url=url)


def test_entry_takes_a_moment_for_a_day(db):
    put(entry(object_id=1, date=datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)))
    assert SearchEntry.objects.get().date == datetime.date(2026, 11, 23)


def test_null_byte_surrogate_and_a_huge_body_are_stored(db):
    put(entry(object_id=1, title="a\0b \ud800 asile", body="mot " * LONGEST_BODY))
    row = SearchEntry.objects.get()
    assert len(row.body) == LONGEST_BODY
    assert found("asile") == {1}


def test_body_of_all_different_words_fits_the_index(db):
    put(entry(object_id=1, body=" ".join(f"سجن{n:x}" for n in range(20_000))))
    assert SearchEntry.objects.count() == 1


def test_author_s_name_is_read_when_shown_and_never_indexed(member):
    put(entry(object_id=1, author=member.pk))
    assert found(member.display_name) == set()
    assert SearchEntry.objects.with_result().get().author_name == member.display_name
    member.display_name = "Someone else"
    member.save()
    assert SearchEntry.objects.with_result().get().author_name == "Someone else"


def test_address_as_given_or_in_the_reader_s_language(db):
    from django.utils import translation

    put(entry(object_id=1, url="/ar/news/x/"), entry(object_id=2, url="spaces/x/"))
    with translation.override("nl"):
        addresses = [row.get_absolute_url() for row in SearchEntry.objects.order_by("object_id")]
    assert addresses == ["/ar/news/x/", "/nl/spaces/x/"]


def test_space_made_hidden_moves_its_entries_to_the_new_slug(closed_space, public_space):
    old = closed_space.slug
    put(entry(object_id=1, space_id=closed_space.pk, url=f"/fr/spaces/{old}/forum/a/"))
    put(entry(object_id=2, space_id=public_space.pk, url=f"/fr/spaces/{old}/forum/a/"))
    closed_space.slug = "s-random"
    for hook in hooks.hide:
        if hook is entries.follow_slug:
            hook(closed_space, old, [])
    urls = SearchEntry.objects.order_by("object_id").values_list("url", flat=True)
    assert list(urls) == ["/fr/spaces/s-random/forum/a/", f"/fr/spaces/{old}/forum/a/"]


# Rebuilding -------------------------------------------------------------------------------------------------
def test_rebuild_puts_what_lives_and_takes_out_what_does_not(db, registered):
    put(
        entry(object_id=1, title="Asile"), entry(object_id=2, title="Asile"), entry(object_id=3, kind="event")
    )
    register_source("topic", lambda: [entry(object_id=2, title="Prison"), entry(object_id=4, title="Asile")])
    for _time in range(2):
        call_command("rebuild_search", verbosity=0)
        assert found("asile") == {4}
        assert found("prison") == {2}
        assert SearchEntry.objects.filter(kind="event").exists()


def test_rebuild_refuses_a_source_of_another_kind(db, registered):
    register_source("topic", lambda: [entry(kind="event")])
    with pytest.raises(ValueError, match="hands in event"):
        list(rebuild())


def test_rebuild_of_more_than_a_batch(db, registered, monkeypatch):
    monkeypatch.setattr("search.rebuilding.BATCH", 3)
    register_source("topic", lambda: (entry(object_id=n, title="Asile") for n in range(1, 8)))
    call_command("rebuild_search", verbosity=0)
    assert found("asile") == set(range(1, 8))


def test_rebuild_stale_analyses_older_rows_anew(db, registered, monkeypatch):
    monkeypatch.setattr("search.rebuilding.BATCH", 2)
    put(*(entry(object_id=n, title="Asile") for n in range(1, 6)))
    SearchEntry.objects.filter(object_id__lte=3).update(title_terms="old", analyser=ANALYSER_VERSION - 1)
    assert found("asile") == {4, 5}
    call_command("rebuild_search", "--stale", verbosity=0)
    assert found("asile") == {1, 2, 3, 4, 5}
    assert not SearchEntry.objects.outdated().exists()


def test_two_sources_for_a_kind_are_refused(registered):
    def source():
        return []

    register_source("topic", source)
    register_source("topic", source)
    with pytest.raises(ValueError, match="two sources"):
        register_source("topic", list)


def test_every_kind_that_a_room_hands_in_has_a_word():
    assert set(entries.sources()) <= set(KINDS)


# The index --------------------------------------------------------------------------------------------------
def test_index_is_kept_by_the_database_itself(db):
    """A migration that remakes SQLite's table loses the triggers: then nothing new is found."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's columns are generated")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_searchentry'"
        )
        assert {name for (name,) in cursor.fetchall()} == {"search_put", "search_drop", "search_change"}
        put(entry(object_id=1, title="Asile"), entry(object_id=1, kind="event"))
        put(entry(object_id=1, title="Prison"))
        drop("event", 1)
        cursor.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


def test_entry_is_frozen():
    with pytest.raises(AttributeError):
        entry().kind = "other"
    assert isinstance(entry(), Entry)
