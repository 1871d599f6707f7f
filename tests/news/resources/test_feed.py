"""The Atom feed holds what the filtered list holds."""

from xml.etree import ElementTree

import pytest
from wagtail.models import Page

from tests.news.resources.conftest import document
from themes.models import Theme

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entries(client, address):
    feed = ElementTree.fromstring(client.get(address).content)
    return {entry.findtext(f"{ATOM}title"): entry for entry in feed.iter(f"{ATOM}entry")}


def test_feed_holds_the_filtered_list(resource, client):
    custody = Theme.objects.create(slug="custody")
    resource("fr", "Guide", themes=[custody])
    resource("fr", "Rapport", resource_kind="report", themes=[custody])
    resource("ar", "دليل", slug="dalil")
    gone = resource("fr", "Retiré")
    Page.objects.get(pk=gone.pk).unpublish()
    found = entries(client, "/fr/resources/atom/")
    assert set(found) == {"Guide", "Rapport", "دليل"}
    assert found["دليل"].get(LANG) == "ar" and found["Guide"].get(LANG) == "fr"
    assert set(entries(client, "/fr/resources/atom/?theme=custody&kind=report")) == {"Rapport"}
    assert set(entries(client, "/ar/resources/atom/?language=ar")) == {"دليل"}


def test_entry_says_how_heavy_its_file_is(resource, client):
    made = document()
    resource("fr", "Guide", document=made)
    entry = entries(client, "/fr/resources/atom/")["Guide"]
    (file,) = [link for link in entry.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert (file.get("type"), file.get("length")) == ("application/pdf", str(made.file_size))
    assert file.get("href").endswith(made.url)


def test_filtered_list_links_to_its_own_feed(resource, client):
    resource("fr", "Guide")
    html = client.get("/fr/resources/?kind=guide&sort=title").content.decode()
    assert html.count('href="/fr/resources/atom/?kind=guide"') == 2  # for programs, and for people


@pytest.mark.parametrize("query", ["theme=nothing", "kind=x", "kind=guide&kind=guide"])
def test_feed_of_what_does_not_exist_is_not_found(client, query):
    assert client.get(f"/fr/resources/atom/?{query}").status_code == 404
