"""Queries, sitemap, links between languages, what a bad address gets."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from pages import translations
from search.models import SearchEntry
from tests.pages.test_translations import TITLE_AR, translated
from tests.public_pages import locale

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def queries(address, client=None):
    """Not from the page cache: a parameter that no view knows is answered and never kept."""
    client = client or Client()
    address = f"{address}?uncached"
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_query_budget_of_a_visitor(article, resource, closed_space, warm):
    """With the site's own record kept, as it is outside a test's transaction. At most 12."""
    with warm():
        article("fr")
        resource("fr")
    spent = {
        address: queries(address)
        for address in (
            "/fr/",
            "/fr/news/",
            "/fr/news/un-registre/",
            "/ar/news/un-registre/",
            "/fr/resources/",
            "/fr/resources/un-guide/",
            "/fr/communities/",
            f"/fr/communities/{closed_space.slug}/",
            "/fr/events/",
            "/fr/news/atom/",
            "/sitemap.xml",
        )
    }
    assert {address: number for address, number in spent.items() if number > 12} == {}


@pytest.mark.parametrize("address", ["/fr/news/", "/fr/"])
def test_news_same_queries_at_one_and_many(article, address):
    article("fr", "Un")
    one = queries(address)
    for number in range(6):
        article("fr", f"Article {number}")
    assert queries(address) == one


def test_communities_same_queries_at_four_and_more(facilitator, warm):
    from communities.founding import found

    few = queries("/fr/communities/")
    for number in range(4):
        found(
            {"fr": {"name": f"Espace {number}", "purpose": "But"}},
            by=None, facilitator=facilitator, visibility="public", join_policy="open", language="fr",
        )  # fmt: skip
    assert queries("/fr/communities/") == few


@pytest.mark.parametrize(
    "path",
    ["fr/news/?page=2", "fr/news/?page=0", "fr/news/?page=x", "fr/news/?page=" + "9" * 400, "fr/news/?theme=none",
     "fr/resources/?kind=none", "fr/news/nothing/", "fr/" + "a" * 300 + "/", "fr/news/%F0%9F%92%A9/"],
)  # fmt: skip
def test_bad_address_is_the_ordinary_404(client, path):
    assert client.get(f"/{path}").status_code == 404


def test_post_to_a_page_is_refused(client, member, client_of):
    assert client_of(member).post("/fr/").status_code == 405
    # Without a session the sign-in page, as at every address.
    assert client.post("/fr/").status_code == 403


def test_draft_is_not_found(article, client):
    article("fr", "Brouillon", live=False)
    assert client.get("/fr/news/brouillon/").status_code == 404


def test_restricted_page_and_its_stand_ins_are_in_no_public_list(article, client, at):
    page = article("fr", "Entre nous")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for code in ("fr", "ar"):
        assert client.get(f"/{code}/news/entre-nous/").status_code == 302
        assert "Entre nous" not in client.get(f"/{code}/news/").content.decode()
    assert "entre-nous" not in client.get("/sitemap.xml").content.decode()


def test_restriction_put_on_the_source_later_covers_the_translation(article, client):
    page = translated(article)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not SearchEntry.objects.filter(kind="news").exists()
    assert client.get("/ar/news/sijill/").status_code == 302
    assert TITLE_AR not in client.get("/ar/news/").content.decode()
    assert "sijill" not in client.get("/sitemap.xml").content.decode()
    restriction.delete()
    assert SearchEntry.objects.filter(kind="news").count() == 2


def entries(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")
        }
        for url in tree
    }


def test_sitemap_holds_translations_and_no_stand_in(article, client):
    translated(article)
    found = entries(client)
    here, there = "http://testserver/fr/news/un-registre/", "http://testserver/ar/news/sijill/"
    assert found[here] == found[there] == {"fr": here, "ar": there, "x-default": here}
    assert not any("/nl/news/un-registre" in address for address in found)
    assert found["http://testserver/en/"]["x-default"] == "http://testserver/en/"


def test_sitemap_one_query(article, client):
    article("fr")
    assert queries("/sitemap.xml") <= 2


def test_site_record_follows_the_settings(settings):
    from django.contrib.sites.models import Site as Domain

    from pages.site_record import keep_site_record

    settings.BASE_URL = "https://example.org:8443"
    keep_site_record()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("example.org", 8443)
    assert Domain.objects.get(pk=settings.SITE_ID).domain == "example.org:8443"


def test_four_trees_and_no_welcome_page(db):
    homes = Page.objects.filter(depth=2).select_related("locale")
    assert {home.locale.language_code for home in homes} == {"en", "fr", "ar", "nl"}
    assert len({home.translation_key for home in homes}) == 1
    for code in ("en", "fr", "ar", "nl"):
        for path in ("", "news/", "resources/", "communities/"):
            assert Client().get(f"/{code}/{path}").status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_source_moved_stand_ins_follow(article, at, client):
    from pages.models import StandardPage

    home = Page.objects.get(depth=2, locale=locale("fr")).specific
    parent, child = StandardPage(title="À propos", slug="about"), StandardPage(title="Équipe", slug="team")
    home.add_child(instance=parent)
    parent.save_revision().publish()
    home.add_child(instance=child)
    child.save_revision().publish()
    assert client.get("/nl/team/").status_code == 200
    Page.objects.get(pk=child.pk).specific.move(Page.objects.get(pk=parent.pk), pos="last-child")
    assert client.get("/nl/about/team/").status_code == 200


def test_edit_link_for_whoever_may_edit(article, editor, translator_ar, member, client_of):
    article("fr")
    address = "/fr/news/un-registre/"
    assert "/edit/" in client_of(editor).get(address).content.decode()
    for person in (translator_ar, member):
        assert "/edit/" not in client_of(person).get(address).content.decode()


def test_no_userbar_and_nothing_inline(article, editor, client_of):
    html = client_of(editor).get(article("fr") and "/fr/news/un-registre/").content.decode()
    assert "userbar" not in html and " style=" not in html and "<style" not in html


def test_renamed_page_leaves_a_redirect(article, client, django_capture_on_commit_callbacks):
    page = article("fr")
    page.slug = "autre"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    answer = client.get("/fr/news/un-registre/")
    assert answer.status_code in (301, 302) and answer.url.endswith("/fr/news/autre/")


def test_found_by_search_where_it_is_written(article):
    page = translated(article)
    rows = SearchEntry.objects.filter(kind="news").values_list("language", "url")
    assert set(rows) == {("fr", "/fr/news/un-registre/"), ("ar", "/ar/news/sijill/")}
    page.unpublish()
    assert not SearchEntry.objects.filter(kind="news", language="fr").exists()
    assert translations.source_of(page) == page
