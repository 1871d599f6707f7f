"""The sitemap beyond pages: events, dates, and the index that takes over when it grows."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from pages import sitemaps
from tests.pages.test_serving import SITEMAP, entries, queries

pytestmark = pytest.mark.django_db


def announced(by, space=None, **fields):
    start = timezone.now() + timedelta(days=1)
    texts = {"fr": {"title": "Causerie"}, "ar": {"title": "لقاء"}}
    return Event.objects.announce(
        space,
        by=by,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        time_zone="UTC",
        texts=texts,
        **fields,
    )


def test_open_events_stand_in_it_in_the_languages_they_have_words_in(staff, facilitator, spaces, client):
    ours = announced(staff)
    public = announced(facilitator, spaces["closed"], is_public=True)
    closed = announced(facilitator, spaces["closed"])
    in_a_public_space = announced(facilitator, spaces["public"])
    hidden = announced(facilitator, spaces["hidden"], is_public=True)
    found = entries(client)
    for event in (ours, public):
        here = f"http://testserver/fr/events/{event.slug}/"
        there = f"http://testserver/ar/events/{event.slug}/"
        assert found[here] == {"fr": here, "ar": there, "x-default": here}
    for event in (closed, in_a_public_space, hidden):
        assert not any(event.slug in address for address in found)
    assert len(found["http://testserver/nl/events/"]) == 5


def test_every_address_of_it_answers_and_says_the_same_of_itself(article, staff, client):
    from tests.pages.test_structured import head

    article("fr")
    announced(staff)
    for address, alternates in entries(client).items():
        found = head(address.removeprefix("http://testserver"))
        assert found.canonical == [address] and found.is_for_robots
        assert found.alternates == alternates


def test_date_is_that_of_the_last_change_readers_saw(article, client):
    page = article("fr")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    dates = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in tree}
    day = page.last_published_at.isoformat(timespec="seconds")[:19]
    assert dates["http://testserver/fr/news/un-registre/"].startswith(day)


def test_too_many_addresses_become_an_index_of_files_per_language(article, monkeypatch, client):
    monkeypatch.setattr(sitemaps, "MOST", 3)
    for number in range(4):
        article("fr", f"Article {number}")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [part.findtext(f"{SITEMAP}loc").removeprefix("http://testserver") for part in index]
    assert "/sitemap-fr-1.xml" in parts and "/sitemap-fr-2.xml" in parts
    found = []
    for part in parts:
        urls = ElementTree.fromstring(client.get(part).content)
        assert 0 < len(urls) <= 3
        found += [url.findtext(f"{SITEMAP}loc") for url in urls]
    assert sorted(found) == sorted(entry.location for entry in sitemaps.entries())
    for nowhere in ("/sitemap-fr-99.xml", "/sitemap-fr-0.xml", "/sitemap-de-1.xml"):
        assert client.get(nowhere).status_code == 404


def test_same_queries_for_many_events(staff):
    announced(staff)
    few = queries("/sitemap.xml")
    for _again in range(4):
        announced(staff)
    assert queries("/sitemap.xml") == few == 2


def test_whoever_has_it_already_gets_304(article):
    tag = Client().get("/sitemap.xml")["ETag"]
    assert Client().get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 304


def test_security_txt_is_valid_and_not_over(settings):
    from datetime import datetime

    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    lines = Client().get("/.well-known/security.txt").content.decode().splitlines()
    said = dict(line.split(": ", 1) for line in lines)
    left = datetime.fromisoformat(said["Expires"].replace("Z", "+00:00")) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365)
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == "http://testserver/.well-known/security.txt"
    assert said["Preferred-Languages"] == "en, fr, ar, nl"


@pytest.mark.parametrize("month", range(1, 13))
def test_security_txt_every_month(time_machine, month):
    from datetime import UTC, datetime

    time_machine.move_to(datetime(2027, month, 28, tzinfo=UTC))
    test_security_txt_lasts()


def test_security_txt_lasts():
    from datetime import datetime

    text = Client().get("/.well-known/security.txt").content.decode()
    expires = next(line for line in text.splitlines() if line.startswith("Expires"))
    left = datetime.fromisoformat(expires[9:].replace("Z", "+00:00")) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365)
