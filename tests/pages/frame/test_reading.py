"""Name, colours, contact and menus as each reader sees them; kept without a query, gone with the next change."""

import html
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction, Site

from communities import joining
from pages.frame.models import Menus, SiteSettings
from pages.frame.reading import Entry, frame
from tests.news.blocks.kinds import image

pytestmark = pytest.mark.django_db


def site():
    return Site.objects.get(is_default_site=True)


def item(page=None, url="", **labels):
    return {"type": "entry", "value": {"page": page and page.pk, "url": url, "labels": labels}}


@pytest.fixture
def menu(warm):
    def make(*items, which="main"):
        with warm():
            menus = Menus.for_site(site())
            setattr(menus, which, Menus._meta.get_field(which).stream_block.to_python(list(items)))
            menus.save()

    return make


@pytest.fixture
def chosen(warm):
    def make(**fields):
        with warm():
            SiteSettings.objects.update_or_create(site=site(), defaults=fields)

    return make


def entries(language, which="main"):
    with override(language):
        return list(getattr(frame(), which))


def test_menu_entry_is_found_at_the_readers_place(article, menu):
    menu(item(article("fr", "Un titre")))
    assert entries("fr") == [Entry("/fr/news/un-titre/", "Un titre")]
    # A stand-in keeps the title it was written with, and says in which language.
    assert entries("ar") == [Entry("/ar/news/un-titre/", "Un titre", "fr")]


def test_menu_entry_has_its_own_words_where_there_are_some(article, menu):
    menu(item(article("fr", "Un titre"), ar="عنوان"), item(url="/events/", fr="Rencontres"))
    assert entries("ar") == [Entry("/ar/news/un-titre/", "عنوان"), Entry("/ar/events/", "Rencontres", "fr")]


def test_menu_names_no_draft_and_no_page_that_is_not_open_to_all(article, menu):
    closed, draft = article("fr", "Clos"), article("fr", "Brouillon", live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    menu(item(closed), item(draft), item(article("fr", "Ouvert")))
    assert [entry.words for entry in entries("fr")] == ["Ouvert"]


def test_menu_follows_when_a_page_is_withdrawn_or_renamed(article, menu, warm):
    page = article("fr", "Un titre")
    menu(item(page))
    assert entries("fr")
    with warm():
        Page.objects.get(pk=page.pk).specific.unpublish()
    assert entries("fr") == []


def test_frame_that_is_kept_asks_nothing(article, menu):
    menu(item(article("fr", "Un titre")))
    entries("fr")
    with CaptureQueriesContext(connection) as queries:
        entries("fr")
    assert len(queries) == 0


def test_menu_of_one_and_of_seven_cost_the_same(article, menu):
    counts = []
    for number in (1, 7):
        menu(*(item(article("fr", f"Titre {number} {each}")) for each in range(number)))
        with CaptureQueriesContext(connection) as queries:
            assert len(entries("fr")) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_menus_and_settings_are_drawn_on_the_page(article, menu, chosen, client):
    assert "/fr/events/" in client.get("/fr/news/").content.decode()  # the menu the site comes with
    menu(item(article("fr", "Un titre")))
    menu(item(url="https://example.org/x", fr="Ailleurs"), which="footer")
    words = {
        "fr": {"name": "Réseau", "about": "Une phrase.", "contact": "BP 1\nTunis"},
        "ar": {"name": "شبكة"},
    }
    chosen(words=words, mail="bureau@example.org", accent="plum", logo=image(size=(200, 200)))
    drawn = client.get("/fr/").content.decode()
    for piece in ("Réseau</title>", "Une phrase.", "BP 1<br>Tunis", "mailto:bureau@example.org", "accent-plum",
                  'href="https://example.org/x">Ailleurs', "/renditions/"):  # fmt: skip
        assert piece in drawn
    assert 'href="/fr/events/"' not in drawn.split("<main", 1)[0]
    arabic = client.get("/ar/").content.decode()
    assert "شبكة</title>" in arabic and "Une phrase." not in arabic
    assert "Réseau</title>" in client.get("/nl/").content.decode()


def test_site_without_settings_has_its_own_name(client):
    drawn = client.get("/fr/news/").content.decode()
    assert "Justice ExPEERience</title>" in drawn and 'class="accent-' not in drawn


def test_change_by_an_editor_shows_at_once(article, menu, client):
    menu(item(article("fr", "Avant")))
    assert ">Avant</a>" in client.get("/fr/").content.decode()
    menu(item(article("fr", "Apres")))
    assert ">Avant</a>" not in client.get("/fr/").content.decode().split("<main")[0]


NAMES = {"fr": {"name": "Réseau & amis"}, "ar": {"name": "شبكة"}}


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "Réseau & amis"), ("ar", "شبكة"), ("nl", "Réseau & amis")]
)
def test_site_is_called_the_same_wherever_it_names_itself(language, name, article, resource, chosen):
    chosen(words=NAMES)
    article("fr", "Un titre", author_name="")
    resource("fr", "Un guide", publisher="")
    found = {
        address: html.unescape(Client().get(f"/{language}/{address}").content.decode())
        for address in ("news/atom/", "resources/atom/", "news/un-titre/", "resources/un-guide/", "")
    }
    assert [address for address, text in found.items() if name not in text] == []
    assert [address for address, text in found.items() if settings.SITE_NAME in text] == []
    for address in ("news/atom/", "resources/atom/"):
        root = ElementTree.fromstring(Client().get(f"/{language}/{address}").content)
        assert root.findtext("{*}author/{*}name") == name and root.findtext("{*}title").endswith(name)


def test_mails_name_the_site_in_the_language_of_whoever_gets_them(
    chosen, member, client, closed_space, facilitator, warm
):
    chosen(words=NAMES)
    type(member).objects.update(language="ar")
    client.post("/fr/account/password/reset/", {"email": member.email})
    with warm():
        joining.ask(closed_space, member.__class__.objects.get(email="stranger@cast.example"), "")
    account, notification = mail.outbox
    for message in (account, notification):
        whole = message.subject + message.body + "".join(str(part.content) for part in message.alternatives)
        assert "شبكة" in whole and settings.SITE_NAME not in whole and "Réseau" not in whole
    assert "شبكة" in notification.subject
