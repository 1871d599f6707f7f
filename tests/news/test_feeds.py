"""Atom feeds: one per language and theme, without stand-ins, steady while nothing changes."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.pages.test_translations import translated
from themes.models import Theme, ThemeName

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def theme():
    theme = Theme.objects.create(slug="custody")
    ThemeName.objects.create(theme=theme, language="fr", name="Garde à vue")
    return theme


def feed(address):
    return ElementTree.fromstring(Client().get(address).content)


def titles(address):
    return [entry.findtext(f"{ATOM}title") for entry in feed(address).iter(f"{ATOM}entry")]


def test_theme_has_a_feed_of_its_own_in_each_language(article, theme):
    article("fr", "Avec", themes=[theme])
    article("fr", "Sans")
    assert titles("/fr/news/atom/custody/") == ["Avec"]
    assert sorted(titles("/fr/news/atom/")) == ["Avec", "Sans"]
    assert titles("/ar/news/atom/custody/") == []  # a stand-in is no news in Arabic
    assert "Garde à vue" in feed("/fr/news/atom/custody/").findtext(f"{ATOM}title")


@pytest.mark.parametrize("address", ["/fr/news/atom/nothing/", "/fr/news/atom/custody/x/"])
def test_unknown_theme_is_the_ordinary_404(theme, address):
    assert Client().get(address).status_code == 404


def test_feed_says_its_address_language_and_themes(article, theme):
    article("fr", "Avec", themes=[theme], author_name="Amina")
    root = feed("/fr/news/atom/custody/")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"].endswith("/fr/news/atom/custody/") and links["alternate"].endswith(
        "/fr/news/?theme=custody"
    )
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    (entry,) = root.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}category").get("term") == "Garde à vue"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Amina"


def test_draft_restricted_and_stand_in_are_in_no_feed(article, theme):
    from wagtail.models import PageViewRestriction

    translated(article)
    article("fr", "Brouillon", live=False, themes=[theme])
    closed = article("fr", "Entre nous", themes=[theme])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert titles("/fr/news/atom/") == ["Un registre"]
    assert titles("/fr/news/atom/custody/") == []


@pytest.mark.parametrize("address", ["/nl/news/atom/", "/nl/resources/atom/"])
def test_empty_feed_stays_the_same(db, time_machine, address):
    from datetime import UTC, datetime

    time_machine.move_to(datetime(2026, 11, 23, tzinfo=UTC))
    before = Client().get(address + "?x").content
    time_machine.move_to(datetime(2026, 11, 24, tzinfo=UTC))
    assert Client().get(address + "?x").content == before
