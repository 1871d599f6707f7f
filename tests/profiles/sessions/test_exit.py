"""Quick exit: on every page, a plain link that leaves, and ends the session of a shared phone."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.profiles.sessions.conftest import is_signed_in, sign_in

AWAY = "https://www.wikipedia.org/"


@pytest.mark.parametrize("address", ["/{}/", "/{}/nowhere/", "/{}/account/login/", "/{}/events/"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_has_the_way_out_before_anything_else(client, db, address, language):
    page = client.get(address.format(language)).content.decode()
    assert page.count(f'class="exit" href="/{language}/exit/"') == 1
    assert page.index('class="exit"') < page.index('class="mast"')


def test_page_for_our_own_faults_has_it_too():
    from config.errors import STATIC_500

    page = STATIC_500.read_text(encoding="utf-8")
    for language in ("en", "fr", "ar", "nl"):
        assert f'href="/{language}/exit/"' in page


@pytest.mark.parametrize(("shared", "stays"), [(True, False), (False, True)])
def test_leaving_ends_the_session_of_a_shared_phone_alone(noor, shared, stays):
    client = Client()
    sign_in(client, **({"shared": "1"} if shared else {}))
    answer = client.get(reverse("quick_exit"))
    assert answer.status_code == 302 and answer.url == AWAY
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Clear-Site-Data"] == ('"cache", "cookies", "storage"' if shared else '"cache"')
    assert answer["Cache-Control"] == "private, no-store"
    assert is_signed_in(client) is stays


def test_visitor_leaves_without_a_cookie(client, db):
    answer = client.get(reverse("quick_exit"))
    assert answer.url == AWAY and not answer.cookies


def test_leaving_works_while_the_database_is_away(noor):
    client = Client()
    sign_in(client)

    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection to server failed")

    with connection.execute_wrapper(refuse):
        client.raise_request_exception = False
        assert client.get(reverse("quick_exit")).url == AWAY


def test_who_lacks_a_second_factor_may_leave(facilitator, client_of, settings):
    settings.SECOND_FACTOR_FOR = ["facilitators"]
    assert client_of(facilitator).get(reverse("quick_exit")).url == AWAY
