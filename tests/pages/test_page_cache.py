"""What is kept of public pages: only what everybody gets, and never longer than it is true."""

import gzip

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities import freshness
from pages import page_cache

pytestmark = pytest.mark.django_db

PAGES = (
    "/fr/",
    "/fr/news/",
    "/fr/news/un-registre/",
    "/fr/communities/",
    "/fr/events/",
    "/fr/news/atom/",
    "/sitemap.xml",
)


@pytest.fixture
def world(article, public_space, warm):
    article("fr")
    return warm


def cost(address, client=None, **headers):
    with CaptureQueriesContext(connection) as captured:
        answer = (client or Client()).get(address, headers=headers)
    assert answer.status_code == 200, address
    return len(captured), answer


def kept():
    """Every entry of the page cache but for the word and the moment of the next end."""
    import pickle

    values = [pickle.loads(raw) for raw in caches["pages"]._cache.values()]
    return [value for value in values if isinstance(value, page_cache.Packed)]


@pytest.mark.parametrize("address", PAGES)
def test_second_reader_costs_no_query_and_gets_the_same(world, address):
    queries, first = cost(address)
    assert queries > 0
    queries, second = cost(address)
    assert queries == 0
    assert second.content == first.content
    assert dict(second.items()) | {"X-Request-Id": ""} == dict(first.items()) | {"X-Request-Id": ""}


@pytest.mark.parametrize("address", PAGES)
def test_public_page_carries_no_cookie_no_token_no_nonce(world, address):
    answer = Client().get(address)
    assert answer.cookies == {}
    assert b"csrfmiddlewaretoken" not in answer.content
    assert "nonce" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == page_cache.PUBLIC
    assert "Cookie" in answer["Vary"] and "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_it_already_gets_304(world, address):
    client = Client()
    for _cold_and_warm in range(2):
        tag = client.get(address)["ETag"]
        caches["pages"].clear()
        for encoding in ("", "gzip", "br"):
            headers = {"if-none-match": tag, "accept-encoding": encoding}
            again = client.get(address, headers=headers)
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
            assert "Vary" in again and again["Cache-Control"] == page_cache.PUBLIC
            assert client.head(address, headers=headers).status_code == 304
    assert client.get(address, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_compressed_and_plain_are_the_same_words(world):
    client = Client()
    plain = client.get("/fr/")
    packed = client.get("/fr/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    older = client.get("/fr/", headers={"accept-encoding": "gzip"})
    assert older["Content-Encoding"] == "gzip" and gzip.decompress(older.content) == plain.content
    refused = client.get("/fr/", headers={"accept-encoding": "br;q=0, identity"})
    assert "Content-Encoding" not in refused
    assert plain["ETag"] == packed["ETag"] == older["ETag"]


def test_head_says_the_same_and_is_not_kept(world):
    head = Client().head("/fr/")
    assert head.content == b"" and kept() == []
    got = Client().get("/fr/")
    warm = Client().head("/fr/")
    assert warm.content == b"" and warm["Content-Length"] == head["Content-Length"] == got["Content-Length"]
    assert len(got.content) == int(got["Content-Length"])


@pytest.mark.parametrize(
    "headers", [{"cookie": "sessionid=abc"}, {"cookie": "messages=abc"}, {"authorization": "Bearer abc"}]
)
def test_request_with_anything_of_a_person_neither_reads_nor_writes(world, headers):
    assert cost("/fr/", **headers)[0] > 0
    assert kept() == []
    cost("/fr/")
    assert len(kept()) == 1
    queries, answer = cost("/fr/", **headers)
    assert queries > 0
    assert answer["Cache-Control"] == "private, no-store" and "ETag" not in answer


@pytest.mark.parametrize(
    "address", ["/fr/nowhere/", "/fr/search/", "/fr/search/?q=droit", "/fr/spaces/",
                "/fr/spaces/public-space/", "/fr/people/", "/robots.txt", "/fr/news/?theme=nothing"],
)  # fmt: skip
def test_everything_else_is_not_kept(world, address):
    answer = Client().get(address)
    assert kept() == []
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_tracking_is_dropped_before_it_reaches_a_link(world):
    client = Client()
    clean = client.get("/fr/events/")
    tracked = client.get("/fr/events/?utm_source=mail&fbclid=x1y2")
    assert tracked.content == clean.content
    assert b"x1y2" not in tracked.content
    assert len(kept()) == 1


def test_unknown_parameters_are_answered_and_not_kept(world):
    client = Client()
    for number in range(5):
        answer = client.get(f"/fr/events/?x={number}")
        assert answer.status_code == 200 and answer["Cache-Control"] == page_cache.PUBLIC
    assert client.get("/fr/events/?theme=custody").status_code == 200  # known elsewhere, not here
    assert client.get("/fr/events/?when=past&when=past").status_code == 200
    assert client.get("/fr/events/?when=" + "past" * 100).status_code == 200
    assert kept() == []


def test_order_and_spelling_of_parameters_are_one(world):
    client = Client()
    one = client.get("/fr/events/?page=1&when=past")
    other = client.get("/fr/events/?when=p%61st&page=1&")
    assert one.content == other.content
    assert len(kept()) == 1


def test_reader_in_another_time_zone_gets_their_own(world):
    here = Client().get("/fr/events/")
    for zone in ("Asia/Kathmandu", "Nowhere/Land", "x" * 500):
        client = Client()
        client.cookies["tz"] = zone
        there = client.get("/fr/events/")
        assert (there.content == here.content) is (zone != "Asia/Kathmandu")
    assert len(kept()) == 2


def test_unknown_host_is_refused_also_when_kept(world, settings):
    Client().get("/fr/")
    assert Client().get("/fr/", headers={"host": "elsewhere.example"}).status_code == 400


def test_every_known_host_gets_the_same_bytes(world):
    mine = Client().get("/fr/news/").content
    caches["pages"].clear()
    assert Client().get("/fr/news/", headers={"host": "127.0.0.1"}).content == mine


def test_kept_until_the_next_public_event_is_over(world, staff, time_machine):
    from datetime import UTC, datetime, timedelta

    from events.models import Event

    start = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    with world():
        Event.objects.announce(
            None, by=staff, starts_at=start - timedelta(hours=1), ends_at=start + timedelta(seconds=90),
            time_zone="UTC", texts={"fr": {"title": "Causerie"}},
        )  # fmt: skip
    assert page_cache.seconds_to_keep(freshness.current()) == 90
    assert "Causerie" in Client().get("/fr/events/").content.decode()
    time_machine.move_to(start + timedelta(seconds=89), tick=False)
    assert cost("/fr/events/")[0] == 0
    time_machine.move_to(start + timedelta(seconds=91), tick=False)
    assert "Causerie" not in Client().get("/fr/events/").content.decode()
    assert page_cache.seconds_to_keep(freshness.current()) == 600


def test_kept_page_is_served_without_a_database(world):
    from django.db import OperationalError

    def refuse(*args):
        raise OperationalError("gone")

    Client().get("/fr/news/")
    with connection.execute_wrapper(refuse):
        assert Client().get("/fr/news/").status_code == 200
        assert Client(raise_request_exception=False).get("/fr/resources/").status_code == 503
