"""Facets combine, count what is left under the other choices, and speak the reader's language."""

import re

import pytest
from django.db import connection
from django.http import Http404, QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from news.models import ResourceIndexPage
from news.resources.asked import Asked
from news.resources.facets import Shelf
from tests.news.conftest import locale
from tests.news.resources.conftest import document
from themes.models import Theme, ThemeName

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes():
    made = {}
    for slug, names in {
        "custody": {"fr": "Garde à vue", "ar": "الاحتجاز"},
        "children": {"fr": "Écoute des enfants", "ar": "أطفال"},
    }.items():
        made[slug] = Theme.objects.create(slug=slug)
        for code, name in names.items():
            ThemeName.objects.create(theme=made[slug], language=code, name=name)
    return made


@pytest.fixture
def library(resource, themes):
    """Two guides and a report, about custody and children, from Senegal and Tunisia, of 2024 and 2026."""
    custody, children = themes["custody"], themes["children"]
    both = [custody, children]
    return {
        "guide": resource("fr", "Guide", themes=[custody], country="SN", year=2026),
        "report": resource("fr", "Rapport", themes=both, resource_kind="report", country="TN", year=2026),
        "arabic": resource("ar", "دليل", slug="dalil", themes=[children], country="TN", year=2024),
    }


def shelf(query="", code="fr"):
    index = ResourceIndexPage.objects.get(locale=locale(code))
    with override(code):
        made = Shelf.asked_for(index, QueryDict(query))
        made.facets  # named in the reader's language  # noqa: B018
        return made


def counts(query="", code="fr"):
    return {name: dict(counter) for name, counter in shelf(query, code).counts.items()}


def test_every_facet_counts_what_is_there(library):
    assert counts() == {
        "theme": {"custody": 2, "children": 2},
        "country": {"SN": 1, "TN": 2},
        "language": {"fr": 2, "ar": 1},
        "kind": {"guide": 2, "report": 1},
        "year": {"2026": 2, "2024": 1},
    }


def test_counts_of_a_facet_hold_under_all_other_choices(library):
    assert counts("theme=children&year=2026") == {
        "theme": {"custody": 2, "children": 1},  # of 2026
        "country": {"TN": 1},
        "language": {"fr": 1},
        "kind": {"report": 1},
        "year": {"2026": 1, "2024": 1},  # about children
    }


def test_each_count_is_what_following_its_link_finds(library):
    for query in ("", "theme=children", "country=TN&kind=guide", "language=ar"):
        for facet in shelf(query).facets:
            for choice in [*facet.first, *facet.more]:
                if not choice.chosen:
                    assert len(shelf(choice.url.lstrip("?./")).found()) == choice.count, (query, choice)


def test_what_a_visitor_may_not_see_is_not_counted(library, resource):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=library["guide"].pk), restriction_type="login"
    )
    Page.objects.get(pk=library["report"].pk).unpublish()
    for code in ("fr", "ar"):
        assert counts(code=code)["country"] == {"TN": 1}
        assert counts(code=code)["language"] == {"ar": 1}


def test_stand_in_is_found_in_every_tree_with_the_language_of_its_words(library, client):
    assert counts(code="nl")["language"] == {"fr": 2, "ar": 1}
    html = client.get("/fr/resources/?language=ar").content.decode()
    assert "دليل" in html and "Rapport" not in html
    assert re.search(r'<a href="/fr/resources/dalil/" lang="ar" hreflang="ar">', html)


def test_language_is_that_of_the_file_and_of_its_other_versions(library, resource):
    from pages import translations
    from tests.pages.test_translations import ARABIC

    page = resource("fr", "Avec fichier", document=document(), file_language="nl")
    assert counts()["language"] == {"fr": 2, "ar": 1, "nl": 1}
    (translation,) = translations.translate(page, ["ar"])
    arabic = translations.publish(translations.fill(translation, {**ARABIC, "body": []})).specific
    arabic.document, arabic.file_language = document("dalil.pdf"), "ar"
    arabic.save()
    for code in ("fr", "ar"):
        assert counts(code=code)["language"] == {"fr": 2, "ar": 2, "nl": 1}


def test_names_stand_in_the_readers_order(library):
    names = {facet.name: [choice.name for choice in facet.first] for facet in shelf().facets}
    assert names["theme"] == ["Écoute des enfants", "Garde à vue"]
    assert names["country"] == ["Sénégal", "Tunisie"]
    assert names["year"] == ["2026", "2024"]
    arabic = {facet.name: [choice.name for choice in facet.first] for facet in shelf(code="ar").facets}
    assert arabic["theme"] == ["أطفال", "الاحتجاز"]


def test_chosen_is_taken_back_one_by_one_or_all_at_once(library):
    made = shelf("kind=guide&theme=custody&sort=title")
    assert [(choice.name, choice.url) for _label, choice in made.chosen] == [
        ("Garde à vue", "?kind=guide&sort=title"),
        ("Guide", "?theme=custody&sort=title"),
    ]
    assert made.all_url == "?sort=title"
    assert made.feed_query == "?theme=custody&kind=guide"


@pytest.mark.parametrize(
    "query",
    [
        "theme=nothing", "country=XX", "country=sn", "language=xx", "kind=guides", "year=20", "year=٢٠٢٦",
        "year=2026a", "sort=size", "kind=guide&kind=report", "theme=custody&theme=", "page=2", "page=0",
        "page=x", "page=1&page=1",
    ],
)  # fmt: skip
def test_odd_question_gets_the_ordinary_404(library, client, query):
    for address in ("/fr/resources/", "/ar/resources/"):
        assert client.get(f"{address}?{query}").status_code == 404
    if "page" not in query and "sort" not in query:
        assert client.get(f"/fr/resources/atom/?{query}").status_code == 404


def test_empty_value_is_no_choice(library, client):
    assert Asked.of(QueryDict("theme=&kind=&year=&sort=newest")) == Asked()
    assert client.get("/fr/resources/?theme=&kind=").status_code == 200


def test_one_parameter_twice_raises(db):
    with pytest.raises(Http404):
        Asked.of(QueryDict("year=2026&year=2026"))


def test_nothing_found_offers_ways_on(library, client):
    answer = client.get("/fr/resources/?country=SN&kind=report")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="?kind=report"' in html and 'href="?country=SN"' in html and 'href="./"' in html


def test_sorts_by_title_and_by_year(library):
    titles = {page.pk: name for name, page in library.items()}
    stand_in = {pk for pk in shelf().found() if pk not in titles}
    order = lambda query: [titles.get(pk, "arabic") for pk in shelf(query).found()]  # noqa: E731
    assert len(stand_in) == 1
    assert order("sort=title") == ["guide", "report", "arabic"]
    assert order("sort=year")[-1] == "arabic"


def test_combination_is_for_readers_not_for_search_engines(library, client):
    noindex = '<meta name="robots" content="noindex">'
    assert noindex not in client.get("/fr/resources/").content.decode()
    for query in ("kind=guide", "sort=title"):
        assert client.get(f"/fr/resources/?{query}").content.decode().count(noindex) == 1


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?theme=custody&kind=guide&sort=title"])
def test_list_same_queries_at_one_and_thirty(furnished, resource, themes, client, query):
    address = f"/fr/resources/{query}"
    resource("fr", "Un", document=document(), themes=[themes["custody"]], country="SN", year=2026)
    one = queries(client, address)
    for number in range(29):
        resource(
            "fr",
            f"Autre {number}",
            document=document(),
            themes=list(themes.values()),
            country="TN",
            year=2000 + number,
        )
    assert queries(client, address) == one
    assert one <= 12
