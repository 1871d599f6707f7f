"""Error pages: in the reader's language, alike for what is hidden and what is not there."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from config import errors

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    413: errors.too_large,
    429: errors.too_many,
    503: errors.unavailable,
}


def asked(path="/en/spaces/x/", user=None, **extra):
    request = RequestFactory().get(path, **extra)
    if user is not None:
        request.user = user
    return request


@pytest.mark.parametrize("language", ["en", "fr", "ar", "nl"])
@pytest.mark.parametrize("status", PAGES)
def test_error_page_speaks_the_language_of_its_address(status, language):
    page = PAGES[status](asked(f"/{language}/spaces/x/")).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


@pytest.mark.parametrize("status", PAGES)
def test_error_page_answers_with_its_status_and_no_robot(status):
    response = PAGES[status](asked())
    assert response.status_code == status
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_error_page_before_any_language_is_chosen_follows_the_browser():
    page = errors.not_found(asked("/files/x/y", HTTP_ACCEPT_LANGUAGE="ar,en;q=0.5")).content.decode()
    assert '<html lang="ar"' in page


def test_not_found_leads_a_visitor_through_sign_in_back_to_the_address():
    page = errors.not_found(asked("/en/spaces/x/?page=2")).content.decode()
    assert 'href="/en/account/login/?next=%2Fen%2Fspaces%2Fx%2F%3Fpage%3D2"' in page


def test_not_found_is_the_same_whatever_the_address_would_have_led_to():
    plain, routed = asked("/en/communities/x/"), asked("/en/communities/x/")
    routed._wagtail_route_for_request = object()  # a landing page that asked its space and refused
    assert errors.not_found(plain).content == errors.not_found(routed).content


def test_not_found_repeats_nothing_of_the_request_but_its_address():
    request = asked("/en/x/", HTTP_USER_AGENT="told-by-browser", HTTP_REFERER="http://testserver/told-before")
    page = errors.not_found(request, Exception("told by code")).content.decode()
    assert "told" not in page


def test_not_found_for_unreadable_address_leaves_it_out():
    page = errors.not_found(asked("/en/a%00b/")).content.decode()
    assert "%00" not in page.partition("<main")[2]


def test_refusal_says_its_reason():
    refusal = PermissionDenied()
    refusal.reason = "Only facilitators do this."
    assert "Only facilitators do this." in errors.forbidden(asked(), refusal).content.decode()


def test_refusal_without_a_reason_does_not_show_what_the_code_said():
    assert "told by code" not in errors.forbidden(asked(), PermissionDenied("told by code")).content.decode()


def test_too_long_a_body_is_too_large_and_says_how_much_is_allowed():
    response = errors.bad_request(asked(), RequestDataTooBig())
    assert response.status_code == 413
    assert f"{settings.MAX_UPLOAD_BYTES // 1_000_000}" in response.content.decode()


def test_csrf_failure_keeps_djangos_reason_to_itself():
    response = errors.csrf_failure(asked(), "CSRF cookie not set.")
    assert response.status_code == 403
    assert "CSRF" not in response.content.decode()


@pytest.mark.parametrize("status", [429, 503])
def test_busy_answers_say_when_to_come_back(status):
    assert int(PAGES[status](asked()).headers["Retry-After"]) > 0


def test_unavailable_looks_nobody_up():
    class Unreachable:
        def __getattr__(self, name):
            raise AssertionError(name)

    request = asked(user=Unreachable())
    request.session = Unreachable()
    assert errors.unavailable(request).status_code == 503


def test_server_error_needs_no_template_engine(monkeypatch):
    monkeypatch.setattr(engines, "all", None)
    response = errors.server_error(asked())
    page = response.content.decode()
    assert response.status_code == 500
    assert "{%" not in page and "{{" not in page
    for language in ("en", "fr", "ar", "nl"):
        assert f'lang="{language}"' in page


@pytest.mark.parametrize("status", [400, 404])
def test_pages_for_developers_are_replaced_in_development_too(settings, status):
    settings.DEBUG = True
    technical = HttpResponse(b"names of rooms <code>DEBUG = True</code>", status=status)
    response = errors.OrdinaryErrorsMiddleware(lambda request: technical)(asked(user=AnonymousUser()))
    assert response.status_code == status
    assert b"names of rooms" not in response.content


def test_answers_of_views_are_left_alone_in_development(settings):
    settings.DEBUG = True
    own = HttpResponse(b"own words", status=404)
    assert errors.OrdinaryErrorsMiddleware(lambda request: own)(asked()) is own


def test_error_page_leaves_the_language_as_it_was():
    translation.activate("nl")
    errors.not_found(asked("/fr/x/"))
    assert translation.get_language() == "nl"


@pytest.fixture
def database_away():
    """Every question to the database ends as it does when the server has gone."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection to server failed")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", f"{settings.SESSION_COOKIE_NAME}=abc"])
@pytest.mark.parametrize("address", ["/fr/news/", "/fr/spaces/", "/fr/events/", "/fr/nowhere/"])
def test_page_without_its_database_says_when_to_come_back(database_away, address, cookie):
    client = Client(raise_request_exception=False)
    answer = client.get(address, headers={"cookie": cookie} if cookie else {})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "120"
    assert answer["Cache-Control"] == "private, no-store"
    assert '<html lang="fr" dir="ltr">' in answer.content.decode()


@pytest.mark.django_db
def test_health_without_its_database_is_unavailable(database_away):
    assert Client(raise_request_exception=False).get("/healthz").status_code == 503


def test_database_behind_a_closed_port_is_a_short_break():
    """The whole site in a process of its own, with a real driver and nobody listening."""
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(raise_request_exception=False)\n"
        "print([client.get(f'/{code}/news/').status_code for code in ('fr', 'ar')])\n"
    )
    paths = [str(ROOT), str(ROOT / "site")]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert "[503, 503]" in done.stdout, done.stderr[-2000:]


def test_locked_database_is_away_and_a_wrong_statement_is_our_error(tmp_path):
    holder = sqlite3.connect(tmp_path / "locked.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with contextlib.closing(sqlite3.connect(tmp_path / "locked.sqlite3", timeout=0)) as other:
        for statement, is_away in (("SELECT * FROM sqlite_master", True), ("SELEC", False)):
            with pytest.raises(sqlite3.OperationalError) as raised:
                other.execute(statement)
            error = OperationalError(*raised.value.args)
            error.__cause__ = raised.value
            assert errors.is_database_away(error) is is_away
    holder.close()
    assert not errors.is_database_away(ValueError())
    assert not errors.is_database_away(None)
