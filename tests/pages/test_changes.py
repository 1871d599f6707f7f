"""Whatever a public page shows: once it is changed, the very next reader gets the page as it is now."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache, caches
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from communities import founding, freshness, joining, staffdesk
from communities.models import Membership, Space, SpaceText
from events.models import Event, EventText
from news.models import NewsIndexPage, NewsPage, ResourcePage
from pages import changes, page_cache
from pages.models import HomePage, SpacePage
from profiles.models import User
from tests.pages.conftest import locale
from tests.pages.test_page_cache import kept
from tests.pages.test_translations import ARABIC
from themes.models import Theme, ThemeName

pytestmark = pytest.mark.django_db

# Made while a page is rendered; everything else that a page reads must be heard.
UNHEARD_BUT_READ = {"wagtailimages_rendition"}


@pytest.fixture
def world(warm, article, resource, facilitator, spaces, staff):
    """Something of everything that a public page shows."""
    with warm():
        theme = Theme.objects.create(slug="custody")
        ThemeName.objects.create(theme=theme, language="fr", name="Garde à vue")
        image = Image.objects.create(title="x", file=get_test_image_file(size=(900, 600)))
        page = article(
            "fr", "Avec image", picture=image, picture_alt="Une salle", themes=[theme], author_name="Amina"
        )
        article("fr", "Un registre")
        document = Document.objects.create(
            title="Registre", file=ContentFile(b"%PDF-1.4 small", name="registre.pdf"), file_size=14
        )
        resource("fr", document=document, themes=[theme])
        Membership.objects.filter(user=facilitator).update(shown_publicly=True)
        Event.objects.announce(
            None, by=staff, time_zone="UTC", starts_at=timezone.now() + timedelta(days=1),
            ends_at=timezone.now() + timedelta(days=1, hours=1), texts={"fr": {"title": "Causerie"}},
        )  # fmt: skip
    assert page.live
    return warm


def addresses():
    event = Event.objects.get()
    return [
        "/fr/", "/ar/", "/fr/news/", "/fr/news/?theme=custody", "/fr/news/avec-image/", "/ar/news/avec-image/",
        "/fr/news/un-registre/", "/fr/news/atom/", "/fr/news/atom/custody/", "/fr/resources/",
        "/fr/resources/un-guide/", "/fr/communities/", "/fr/communities/closed-space/",
        "/fr/communities/public-space/", "/fr/events/", f"/fr/events/{event.slug}/", "/sitemap.xml",
    ]  # fmt: skip


def seen(wanted):
    """Bytes and status of each address, from wherever they come."""
    client = Client()
    return {address: ((answer := client.get(address)).status_code, answer.content) for address in wanted}


def rendered(wanted):
    caches["pages"].clear()
    return seen(wanted)


def news(slug="avec-image"):
    return NewsPage.objects.get(slug=slug, locale=locale("fr"))


def edit(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def translate_into_arabic():
    from pages import translations

    (translation,) = translations.translate(news("un-registre"), ["ar"])
    translations.publish(translations.fill(translation, ARABIC))


def move_away():
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    other = NewsPage.objects.get(slug="un-registre", locale=locale("fr"))
    assert index
    news().move(other, pos="last-child")


def facilitator():
    return User.objects.get(email="facilitator@cast.example")


def closed():
    return Space.objects.get(visibility="closed")


CHANGES = {
    "article edited": lambda: edit(news(), title="Autre titre"),
    "article unpublished": lambda: news().unpublish(),
    "article deleted": lambda: news().delete(),
    "article moved": move_away,
    "article renamed": lambda: edit(news(), slug="autre-adresse"),
    "article restricted": lambda: PageViewRestriction.objects.create(
        page=Page.objects.get(pk=news().pk), restriction_type=PageViewRestriction.LOGIN
    ),
    "list restricted to a group": lambda: PageViewRestriction.objects.create(
        page=Page.objects.get(pk=news().get_parent().pk), restriction_type=PageViewRestriction.GROUPS
    ).groups.add(Group.objects.get(name="Editors")),
    "new article": lambda: NewsIndexPage.objects.get(locale=locale("fr")).add_child(
        instance=NewsPage(title="Tout neuf", intro="Oui.")
    ),
    "translation published": translate_into_arabic,
    "article changed in bulk": lambda: NewsPage.objects.update(intro="Partout"),
    "themes taken away": lambda: NewsPage.themes.through.objects.all().delete(),
    "theme renamed": lambda: ThemeName.objects.update(name="Détention"),
    "theme given another language": lambda: ThemeName.objects.bulk_create(
        [ThemeName(theme=Theme.objects.get(), language="ar", name="الاحتجاز")]
    ),
    "theme deleted": lambda: Theme.objects.get().delete(),
    "focal point moved": lambda: Image.objects.update(width=700),
    "document grown": lambda: Document.objects.update(file_size=5_000_000),
    "resource edited": lambda: edit(ResourcePage.objects.get(slug="un-guide", locale=locale("fr")), year=1998),
    "home edited": lambda: edit(HomePage.objects.get(locale=locale("fr")), intro="Bonjour"),
    "landing page edited": lambda: edit(
        SpacePage.objects.get(space=closed(), locale=locale("fr")), body=[("heading", "Nous")]
    ),
    "space says something else": lambda: SpaceText.objects.filter(space=closed()).update(purpose="Autre but"),
    "space hidden": lambda: founding.hide(closed(), by=facilitator()),
    "space hidden behind everybody's back": lambda: Space.objects.filter(pk=closed().pk).update(
        visibility="hidden", join_policy="invite"
    ),
    "space archived": lambda: founding.archive(closed(), by=facilitator()),
    "space takes nobody": lambda: Space.objects.update(join_policy="invite"),
    "new space": lambda: founding.found(
        {"fr": {"name": "Espace neuf", "purpose": "But"}},
        by=None, facilitator=facilitator(), visibility="public", join_policy="open", language="fr",
    ),
    "facilitator no longer named": lambda: Membership.objects.update(shown_publicly=False),
    "facilitator suspended": lambda: joining.suspend(
        closed().memberships.get(user=facilitator()), by=User.objects.get(email="moderator@cast.example")
    ),
    "facilitator left": lambda: joining.leave(closed().memberships.get(user=facilitator())),
    "facilitator renamed": lambda: User.objects.filter(pk=facilitator().pk).update(display_name="Nawal"),
    "facilitator blocked": lambda: staffdesk.suspend(
        facilitator(), by=User.objects.get(email="staff@cast.example"), reason="x"
    ),
    "event renamed": lambda: EventText.objects.update(title="Autre causerie"),
    "event put off": lambda: Event.objects.update(starts_at=timezone.now() + timedelta(minutes=5)),
    "event over": lambda: Event.objects.update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=2)
    ),
    "event withdrawn": lambda: Event.objects.all().delete(),
    # Last: their files do not come back with the savepoint.
    "document deleted": lambda: Document.objects.all().delete(),
    "image deleted": lambda: Image.objects.all().delete(),
}  # fmt: skip


def test_change_shows_to_the_very_next_reader(world):
    """Each in a savepoint of its own, since the world costs more than the change."""
    wanted = addresses()
    before = seen(wanted)
    assert seen(wanted) == before and len(kept()) == len(wanted)
    stale = {}
    for what, change in CHANGES.items():
        mark = transaction.savepoint()
        with world():
            change()
        from_the_cache, now = seen(wanted), rendered(wanted)
        assert now != before, f"{what}: changes nothing, and so proves nothing"
        stale[what] = [address for address in wanted if from_the_cache[address] != now[address]]
        transaction.savepoint_rollback(mark)
        cache.clear()
        if "deleted" in what:
            continue
        assert rendered(wanted) == before, f"{what}: left something behind"
    assert {what: where for what, where in stale.items() if where} == {}


def test_landing_page_of_a_hidden_space_is_gone_at_the_very_next_request(world, spaces):
    space = spaces["closed"]
    address = "/fr/communities/closed-space/"
    name = SpaceText.objects.get(space=space, language="fr").name
    client = Client()
    tag = client.get(address)["ETag"]
    assert name in client.get("/fr/communities/").content.decode()
    with world():
        founding.hide(space, by=facilitator())
    assert client.get(address, headers={"if-none-match": tag}).status_code == 404
    for other in ("/fr/", "/fr/communities/", "/sitemap.xml"):
        assert name not in client.get(other).content.decode() and "closed-space" not in other


def test_page_whose_rendering_began_before_a_change_is_not_found_after_it(world, monkeypatch):
    """By hand what two processes do: one has read the page, another changes it and is done, the first goes on."""
    from pages import views

    found = views.find

    def overtaken(path):
        page = found(path)
        monkeypatch.setattr(views, "find", found)
        with world():
            edit(news(), title="Retiré depuis")
        return page

    monkeypatch.setattr(views, "find", overtaken)
    assert "Avec image" in Client().get("/fr/news/avec-image/").content.decode()
    after = Client().get("/fr/news/avec-image/").content.decode()
    assert "Retiré depuis" in after and "Avec image" not in after


def test_nothing_is_kept_within_a_transaction_that_changed_something(article, monkeypatch):
    article("fr")
    assert freshness.is_pending()
    assert Client().get("/fr/news/un-registre/").status_code == 200
    assert kept() == []


def test_every_table_that_a_kept_page_reads_is_heard(world):
    """The list of tables nobody sees is held against what the pages really read."""
    read = set()
    for address in addresses():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        for query in captured:
            read |= set(re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"]))
    assert {"wagtailcore_page", "communities_space", "profiles_user", "events_event"} <= read
    assert {table for table in read if table.startswith(changes.UNSEEN)} == UNHEARD_BUT_READ


@pytest.mark.parametrize("sql", [
    'INSERT INTO "news_newspage" ("a") VALUES (%s)', 'UPDATE "wagtailcore_page" SET "title" = %s',
    'DELETE FROM "events_event" WHERE 1', "update wagtailcore_page set path = %s", 'TRUNCATE "news_newspage"',
    'INSERT OR IGNORE INTO "themes_theme" ("slug") VALUES (%s)', "\n  DELETE FROM news_newspage",
    'WITH gone AS (DELETE FROM "django_session" RETURNING 1) SELECT 1', 'ALTER TABLE "news_newspage" ADD x',
    'UPDATE "profiles_user" SET "last_login" = %s, "display_name" = %s WHERE "id" = 1',
    'UPDATE "profiles_user" SET "display_name" = %s WHERE "id" = 1',
])  # fmt: skip
def test_writing_and_whatever_is_not_understood_counts_as_a_change(sql):
    assert changes.changes_public(sql)


@pytest.mark.parametrize("sql", [
    # A union, as PostgreSQL is asked for it.
    '(SELECT 1 FROM "profiles_pin") UNION ALL (SELECT 2 FROM "profiles_section")',
    'SELECT 1', '  select "id" from x', 'SAVEPOINT "s1"', 'UPDATE "django_session" SET "session_data" = %s',
    'INSERT INTO "communities_notification" ("a") VALUES (%s)', 'RELEASE SAVEPOINT "s1"', "PRAGMA foreign_keys",
    'UPDATE "profiles_user" SET "last_login" = %s WHERE "profiles_user"."id" = %s',
])  # fmt: skip
def test_reading_and_what_nobody_sees_is_no_change(sql):
    assert not changes.changes_public(sql)


def test_front_end_cache_hooks_of_wagtail_clear_it(warm):
    from wagtail.contrib.frontend_cache.utils import PurgeBatch, purge_url_from_cache

    before = freshness.current()
    with warm():
        purge_url_from_cache("http://testserver/fr/")
    between = freshness.current()
    with warm():
        PurgeBatch(["http://testserver/fr/news/"]).purge()
    assert len({before, between, freshness.current()}) == 3


def test_publishing_calls_the_hooks(article, monkeypatch):
    purged = []
    monkeypatch.setattr(
        page_cache.ClearingBackend, "purge_batch", lambda self, urls: purged.extend(urls), raising=True
    )
    article("fr")
    assert "http://testserver/fr/news/un-registre/" in purged
