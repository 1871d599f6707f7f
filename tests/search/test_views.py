"""The search page: what it shows, what it refuses, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.entries import put
from search.results import PAGE_SIZE
from tests.search.plain_entries import entry
from tests.search.test_entries import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]
ADDRESS = "/en/search/"


def get(client, **query):
    return client.get(ADDRESS, query)


def test_page_without_a_question_invites(client):
    page = get(client)
    assert page.status_code == 200
    assert "What are you looking for?" in page.content.decode()


def test_page_with_nothing_found_says_what_to_do(client):
    page = get(client, q="asile")
    assert page.status_code == 200
    assert "Nothing found" in page.content.decode()


def test_page_with_nothing_found_suggests_titles(client):
    put(entry(title="Détention provisoire"))
    content = get(client, q="déten").content.decode()
    assert "Titles that begin like this" in content and "Détention provisoire</a>" in content


def test_page_shows_title_passage_kind_language_and_author(client, member):
    put(
        entry(
            title="Le <b>registre</b>",
            body="Un registre & deux",
            author=member.pk,
            kind="event",
            url="/fr/x/",
        )
    )
    content = get(client, q="registre").content.decode()
    assert '<a href="/fr/x/" lang="fr" dir="auto">Le &lt;b&gt;<mark>registre</mark>&lt;/b&gt;</a>' in content
    assert '<p lang="fr" dir="auto">Un <mark>registre</mark> &amp; deux</p>' in content
    assert "Event" in content and "Français" in content and member.display_name in content
    assert "1 result" in content


def test_page_is_kept_from_search_engines(client):
    assert '<meta name="robots" content="noindex">' in get(client, q="asile").content.decode()


def test_question_is_shown_escaped(client):
    content = get(client, q='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in content


@pytest.mark.parametrize("number", ["abc", "0", "-1", "", "1.5", "٢", "99999", "1 ", "+1", "2", "3"])
def test_page_that_does_not_exist_is_an_ordinary_404(client, number):
    put(*(entry() for _n in range(PAGE_SIZE)))
    assert get(client, q="registre", page=number).status_code == 404
    if number not in ("2", "3"):
        assert get(client, page=number).status_code == 404


def test_second_page_goes_on_where_the_first_ends(client):
    put(*(entry(title=f"Registre {n}") for n in range(PAGE_SIZE + 5)))
    first, second = (get(client, q="registre", page=n) for n in (1, 2))
    titles = [[line.entry.title for line in page.context["results"].lines] for page in (first, second)]
    assert [len(page) for page in titles] == [PAGE_SIZE, 5]
    assert len({*titles[0], *titles[1]}) == PAGE_SIZE + 5
    assert 'rel="next"' in first.content.decode() and 'rel="prev"' in second.content.decode()


def test_page_of_one_kind_and_language(client):
    put(entry(kind="event", language="ar"), entry(kind="topic"))
    assert get(client, q="registre", kind="event").context["results"].total == 1
    assert get(client, q="registre", language="fr", kind="event").context["results"].total == 0
    assert [f.count for f in get(client, q="registre", kind="event").context["results"].kinds] == [1, 1]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:20]))
def test_odd_question_never_fails(rf, text):
    """Straight into the view: a middleware answers some of these before it."""
    from django.contrib.auth.models import AnonymousUser

    from search.views import search

    request = rf.get(ADDRESS)
    request.user = AnonymousUser()
    request.GET = request.GET.copy()
    request.GET.update({"q": text, "kind": text, "language": text})
    request.session = {}
    response = search(request)
    assert response.status_code == 200
    assert response.content


def test_post_is_refused(member, client_of):
    assert client_of(member).post(ADDRESS, {"q": "asile"}).status_code == 405


# Cost -------------------------------------------------------------------------------------------------------
def queries_of(client) -> list[str]:
    get(client, q="registre")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert get(client, q="registre").status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("name", ["visitor", "member"])
def test_page_costs_the_same_for_1_and_30_hits(client_of, cast, spaces, name):
    client = client_of(cast[name])
    rows = list(spaces.values())
    put(entry(space_id=spaces["public"].pk))
    one = queries_of(client)
    put(*(entry(space_id=rows[n % 4].pk, author=cast["member"].pk) for n in range(30)))
    thirty = queries_of(client)
    assert len(one) == len(thirty), thirty


def test_page_costs_at_most_six_queries_of_ours(client_of, member, spaces):
    put(*(entry(space_id=space.pk, author=member.pk) for space in spaces.values()))
    assert len(queries_of(client_of(member))) <= 6
