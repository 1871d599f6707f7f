"""A reader meets a page that is not translated: what it offers, and asking for it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages import translations
from pages.models import Wish
from pages.wishes import forget_who
from tests.pages.test_translations import translated


def wanted(page, code):
    return f"/{code}/wanted/{page.pk}/"


@pytest.fixture
def reader():
    """A visitor whose browser keeps the cookie of the form."""

    def make(address):
        client = Client(enforce_csrf_checks=True)
        client.get(address)
        token = client.cookies["csrftoken"].value
        return client, {"csrfmiddlewaretoken": token}

    return make


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("nl", "ltr"), ("ar", "rtl")])
def test_stand_in_offers_the_languages_there_are_and_asking(article, at, code, direction, client):
    page = translated(article, code="en" if code == "ar" else "ar")
    other = "en" if code == "ar" else "ar"
    if code == other:
        return
    answer = client.get(f"/{code}/news/un-registre/")
    html = answer.content.decode()
    assert answer.status_code == 200 and f'dir="{direction}"' in html
    assert f'<a href="/{other}/news/sijill/" hreflang="{other}">' in html
    assert f'href="{wanted(at(page, code), code)}"' in html
    # The same for everybody: no cookie, no token, no form.
    assert not answer.cookies and "csrfmiddlewaretoken" not in html


def test_asking_twice_is_asking_once_and_two_readers_are_two(article, at, reader):
    address = wanted(at(article("fr"), "nl"), "nl")
    for _reader in range(2):
        client, token = reader(address)
        for _time in range(3):
            assert client.post(address, token).status_code == 302
    assert Wish.objects.values_list("language", flat=True).count() == 2
    assert 'role="status"' in client.get(address).content.decode()


def test_signed_in_person_asks_once_from_two_devices(article, at, member, client_of):
    address = wanted(at(article("fr"), "nl"), "nl")
    for _device in range(2):
        assert client_of(member).post(address).status_code == 302
    assert Wish.objects.count() == 1


def test_without_the_token_nothing_is_counted(article, at):
    address = wanted(at(article("fr"), "nl"), "nl")
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert not Wish.objects.exists()


def test_visitor_who_asks_gets_no_session(article, at, reader):
    address = wanted(at(article("fr"), "nl"), "nl")
    client, token = reader(address)
    client.post(address, token)
    assert set(client.cookies) == {"csrftoken"}


def test_nothing_says_that_one_reader_asked_for_two_pages(article, at, member, client_of):
    client = client_of(member)
    for title in ("Un", "Deux"):
        client.post(wanted(at(article("fr", title), "nl"), "nl"))
    assert Wish.objects.values("who").distinct().count() == 2


def test_after_thirty_days_the_count_stays_and_the_reader_goes(article, at, member, client_of):
    client_of(member).post(wanted(at(article("fr"), "nl"), "nl"))
    assert forget_who(timezone.now() + timedelta(days=29)) == 0
    assert forget_who(timezone.now() + timedelta(days=31)) == 1
    assert list(Wish.objects.values_list("who", flat=True)) == [""]
    assert forget_who(timezone.now() + timedelta(days=60)) == 0


def test_tick_forgets_who_asked(article, at, member, client_of):
    from django.core.management import call_command

    client_of(member).post(wanted(at(article("fr"), "nl"), "nl"))
    Wish.objects.update(asked_at=timezone.now() - timedelta(days=31))
    call_command("tick")
    assert Wish.objects.get().who == ""


def test_page_that_is_translated_is_read_and_not_asked_for(article, at, client):
    page = translated(article)
    for method in (client.get, client.post):
        assert method(wanted(at(page, "ar"), "ar")).url == "/ar/news/sijill/"
    assert not Wish.objects.exists()


def test_language_switch_stays_on_the_question(article, at, client):
    page = article("fr")
    nl = at(page, "nl")
    assert client.get(f"/en/wanted/{nl.pk}/").status_code == 200
    assert client.get(f"/fr/wanted/{nl.pk}/").url == "/fr/news/un-registre/"


@pytest.mark.parametrize("state", ["restricted", "unpublished", "unknown", "root"])
def test_page_that_nobody_may_read_is_the_ordinary_404(article, at, client, state):
    page = article("fr", "Entre nous")
    there, address = at(page, "nl"), wanted(at(page, "nl"), "nl")
    if state == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif state == "unpublished":
        page.unpublish()
    else:
        address = address.replace(str(there.pk), "1" if state == "root" else "999999")
    for method in (client.get, client.post):
        answer = method(address)
        assert answer.status_code == 404 and "Entre nous" not in answer.content.decode()
    assert not Wish.objects.exists()


def test_arabic_source_is_asked_for_in_every_other_language(article, at, client):
    page = article("ar", "مصدر", slug="masdar")
    translations.translate(page, ["fr"])
    for code in ("en", "fr", "nl"):
        html = client.get(f"/{code}/news/masdar/").content.decode()
        assert wanted(at(page, code), code) in html and '<bdi lang="ar">' in html
        assert 'lang="ar" dir="rtl"' in client.get(f"/{code}/news/masdar/").content.decode()
