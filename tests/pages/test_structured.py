"""What machines are told in the head of a page: one address, its languages, a card, data that cannot break out."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from events.models import Event
from pages.templatetags.structured import data_block
from tests.pages.test_translations import translated

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


class Head(HTMLParser):
    """The head as a browser understands it."""

    def __init__(self, html):
        super().__init__()
        self.links, self.meta, self.data, self._in_data = [], [], [], False
        self.feed(html.partition("<body")[0])

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link":
            self.links.append(attrs)
        elif tag == "meta":
            self.meta.append((attrs.get("name") or attrs.get("property"), attrs.get("content")))
        self._in_data = tag == "script" and attrs.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._in_data = False

    def handle_data(self, data):
        if self._in_data:
            self.data.append(json.loads(data))

    def one(self, name):
        (found,) = [content for key, content in self.meta if key == name]
        return found

    def all(self, name):
        return [content for key, content in self.meta if key == name]

    @property
    def canonical(self):
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]

    @property
    def alternates(self):
        return {link["hreflang"]: link["href"] for link in self.links if "hreflang" in link}

    @property
    def feeds(self):
        return [link["href"] for link in self.links if link.get("type") == "application/atom+xml"]

    @property
    def is_for_robots(self):
        return "noindex" not in self.all("robots")

    def node(self, kind):
        (found,) = [node for node in self.data[0]["@graph"] if node["@type"] == kind]
        return found


def head(address, client=None):
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return Head(answer.content.decode())


def test_article_says_what_it_is(article):
    image = Image.objects.create(title="x", file=get_test_image_file(size=(900, 600)))
    page = article(
        "fr", 'Dire "non" & <b>', slug="dire", picture=image, picture_alt="Une salle", author_name="Amina"
    )
    found = head("/fr/news/dire/")
    address = f"{HERE}/fr/news/dire/"
    assert found.canonical == [address]
    assert found.alternates == {"fr": address, "x-default": address}
    assert found.one("og:title") == 'Dire "non" & <b>' and found.one("og:type") == "article"
    assert found.one("og:description") == "En deux mots." and found.one("og:url") == address
    assert found.one("og:locale") == "fr_FR" and found.all("og:locale:alternate") == []
    picture = found.one("og:image")
    assert picture.startswith(f"{HERE}/renditions/") and found.one("og:image:alt") == "Une salle"
    sent = Client().get(picture.removeprefix(HERE))
    assert b"".join(sent.streaming_content).startswith(b"RIFF")
    data = found.node("Article")
    assert data["headline"] == 'Dire "non" & <b>' and data["image"] == picture and data["inLanguage"] == "fr"
    assert data["author"] == {"@type": "Person", "name": "Amina"}
    assert data["datePublished"] == page.date.isoformat() and data["publisher"]["url"] == f"{HERE}/"
    steps = found.node("BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["item"]) for step in steps] == [
        (1, f"{HERE}/fr/"), (2, f"{HERE}/fr/news/"), (3, address)
    ]  # fmt: skip


def test_translation_names_its_languages_and_the_stand_in_its_source(article):
    translated(article)
    arabic, french = f"{HERE}/ar/news/sijill/", f"{HERE}/fr/news/un-registre/"
    found = head("/ar/news/sijill/")
    assert found.canonical == [arabic]
    assert found.alternates == {"fr": french, "ar": arabic, "x-default": french}
    assert found.one("og:locale") == "ar_AR" and found.all("og:locale:alternate") == ["fr_FR"]
    stand_in = head("/nl/news/un-registre/")
    assert stand_in.canonical == [french] and not stand_in.is_for_robots
    assert stand_in.alternates == {} and stand_in.data == []
    assert stand_in.one("og:url") == french and stand_in.one("og:locale") == "fr_FR"


@pytest.mark.parametrize(
    ("address", "canonical", "is_for_robots"),
    [
        ("/en/", "/en/", True),
        ("/fr/news/", "/fr/news/", True),
        ("/fr/news/?page=2", "/fr/news/?page=2", True),
        ("/fr/news/?page=1", "/fr/news/", True),
        ("/fr/resources/?kind=guide", "", False),
        ("/fr/communities/", "/fr/communities/", True),
        ("/fr/communities/closed-space/", "/fr/communities/closed-space/", True),
        ("/fr/events/", "/fr/events/", True),
        ("/fr/events/?when=past", "", False),
        ("/fr/search/?q=droit", "", False),
        ("/fr/spaces/public-space/", "", False),
    ],
)
def test_one_address_each_and_only_for_what_is_to_be_found(
    article, resource, address, canonical, is_for_robots
):
    resource("fr", resource_kind="guide")
    if "page=2" in address:
        for number in range(13):
            article("fr", f"Article {number}")
    found = head(address)
    assert found.canonical == ([HERE + canonical] if canonical else [])
    assert found.is_for_robots is is_for_robots
    if not is_for_robots:
        assert found.alternates == {} and found.data == []


def event(staff, **fields):
    texts = {"fr": {"title": "Causerie", "summary": "Une heure."}, "ar": {"title": "لقاء"}}
    start = timezone.now() + timedelta(days=1)
    return Event.objects.announce(
        None, by=staff, starts_at=start, ends_at=start + timedelta(hours=1), texts=texts,
        **{"time_zone": "Asia/Kathmandu", "url": "https://room.example/secret", **fields},
    )  # fmt: skip


def test_event_says_when_and_keeps_the_room_to_the_page(staff):
    made = event(staff)
    found = head(f"/fr/events/{made.slug}/")
    data = found.node("Event")
    assert data["startDate"].endswith("+05:45") and data["name"] == "Causerie"
    assert data["location"] == {"@type": "VirtualLocation", "url": f"{HERE}/fr/events/{made.slug}/"}
    assert set(found.alternates) == {"fr", "ar", "x-default"}
    dutch = head(f"/nl/events/{made.slug}/")
    assert dutch.canonical == [f"{HERE}/fr/events/{made.slug}/"] and dutch.alternates == {}


def test_list_of_events_names_the_open_ones_alone(staff, facilitator, network_space, public_space, client_of):
    made = event(staff)
    start = timezone.now() + timedelta(hours=2)
    for space in (network_space, public_space):
        Event.objects.announce(
            space, by=facilitator, starts_at=start, ends_at=start + timedelta(hours=1), time_zone="UTC",
            texts={"fr": {"title": f"Entre nous {space.slug}"}},
        )  # fmt: skip
    html = client_of(facilitator).get("/nl/events/").content.decode()
    assert html.count("Entre nous") == 2
    for client in (Client(), client_of(facilitator)):
        found = head("/nl/events/", client)
        listed = found.node("ItemList")
        assert listed["numberOfItems"] == 1
        (entry,) = listed["itemListElement"]
        assert entry["item"]["@type"] == "Event" and entry["item"]["name"] == "Causerie"
        # Not in Dutch: the page that is to be found.
        assert entry["item"]["url"] == f"{HERE}/fr/events/{made.slug}/"
        assert "Entre nous" not in json.dumps(found.data) and "room.example" not in json.dumps(found.data)
        steps = found.node("BreadcrumbList")["itemListElement"]
        assert [step["item"] for step in steps] == [f"{HERE}/nl/", f"{HERE}/nl/events/"]
    assert head("/nl/events/?when=past").data == []


def test_event_of_the_network_says_nothing_to_machines(facilitator, network_space, client_of):
    start = timezone.now() + timedelta(days=1)
    made = Event.objects.announce(
        network_space, by=facilitator, starts_at=start, ends_at=start + timedelta(hours=1), time_zone="UTC",
        texts={"fr": {"title": "Entre nous"}},
    )  # fmt: skip
    found = head(f"/fr/events/{made.slug}/", client_of(facilitator))
    assert not found.is_for_robots and found.data == [] and found.canonical == []
    assert found.all("og:title") == []


@pytest.mark.parametrize(
    "address", ["/fr/nowhere/", "/fr/spaces/hidden-space/", "/fr/communities/hidden-space/"]
)
def test_card_of_what_is_not_there_is_none(address):
    answer = Client().get(address)
    found = Head(answer.content.decode())
    assert answer.status_code == 404 and answer["X-Robots-Tag"] == "noindex"
    assert found.canonical == [] and found.all("og:title") == [] and found.data == []


@pytest.mark.parametrize("address", ["/fr/search/", "/fr/people/", "/fr/feed/", "/fr/account/login/"])
def test_rooms_for_people_only_are_not_for_robots(address, member, client_of):
    assert client_of(member).get(address)["X-Robots-Tag"] == "noindex"
    assert f"Disallow: /fr/{address.split('/')[2]}/" in Client().get("/robots.txt").content.decode()


def test_data_cannot_end_its_element():
    nasty = "</script><script>alert(1)</script><!-- & \u2028 ]]>"
    html = data_block({"name": nasty})
    assert re.findall(r"</?script", html) == ["<script", "</script"]
    assert "<!--" not in html and "\u2028" not in html
    assert json.loads(html.partition(">")[2].rpartition("<")[0]) == {"name": nasty}


def test_title_with_a_script_stays_a_title(article):
    article("fr", "</script><script>alert(1)</script>", slug="mechant")
    html = Client().get("/fr/news/mechant/").content.decode()
    assert "<script>alert" not in html
    assert Head(html).node("Article")["headline"].startswith("</script>")


def test_feeds_are_named_in_the_head(article):
    from themes.models import Theme

    theme = Theme.objects.create(slug="custody")
    article("fr", "Avec", themes=[theme])
    assert head("/fr/").feeds == ["/fr/news/atom/"]
    assert head("/fr/news/?theme=custody").feeds == ["/fr/news/atom/", "/fr/news/atom/custody/"]
