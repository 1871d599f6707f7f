"""A citation to copy, and the same for programs."""

import pytest
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from news.resources.citation import Citation

pytestmark = pytest.mark.django_db


def test_citation_names_publisher_year_title_and_lasting_address(resource, at):
    page = resource("fr", "L’écoute <b>", slug="ecoute", publisher="Un collectif", year=2024)
    with override("en"):
        words = str(Citation.of(page).html)
    assert "<bdi>Un collectif</bdi> (<bdi>2024</bdi>)" in words
    assert "L’écoute &lt;b&gt;" in words and "<b>" not in words
    assert f"/fr/resources/{page.slug}/" in words
    # A stand-in is cited at its source's place: that one stays.
    assert f"/fr/resources/{page.slug}/" in str(Citation.of(at(page, "ar")).html)


def test_resource_without_a_year_says_so(resource):
    with override("en"):
        assert "no date" in str(Citation.of(resource("fr")).html)


def test_page_shows_the_citation_without_javascript(resource, client):
    html = client.get(f"/fr/resources/{resource('fr', year=2024).slug}/").content.decode()
    assert 'id="citation"' in html and "data-copy" in html and "/citation.ris" in html


def test_ris_is_a_whole_record_whatever_the_words_hold(resource, client):
    page = resource(
        "fr", "Un\r\nTY  - titre", publisher="Collectif\nER  - ", year=2024, resource_kind="case-law"
    )
    answer = client.get(f"/fr/resources/{page.slug}/citation.ris")
    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"].startswith("application/x-research-info-systems")
    assert [line[:6] for line in lines] == [
        "TY  - ", "TI  - ", "PB  - ", "PY  - ", "LA  - ", "AB  - ", "UR  - ", "ER  - ", "",
    ]  # fmt: skip
    assert lines[0] == "TY  - CASE"


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_ris_of_what_is_not_public_is_not_found(resource, client, code):
    draft, closed = resource("fr", "Brouillon"), resource("fr", "Fermé")
    Page.objects.get(pk=draft.pk).unpublish()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=closed.pk), restriction_type="login")
    for page in (draft, closed):
        assert client.get(f"/{code}/resources/{page.slug}/citation.ris").status_code == 404
    assert client.get(f"/{code}/resources/nothing/citation.ris").status_code == 404
