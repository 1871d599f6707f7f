"""The cast and the four spaces as fixtures. The world is built once per test database (tests/world.py)."""

import gc
import os
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import hypothesis
import pytest
import time_machine
from django.conf import settings as site_settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache, caches
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from communities.models import Space
from communities.roles import Visibility
from profiles.entrance import charter
from profiles.models import User
from tests import world

# How long one example takes is the machine's matter: a busy one must not turn a check red.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")
# Playwright keeps an event loop open in this thread; Django would take every later query for an async one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items):
    """The browser last: what fails fast fails first."""
    items.sort(key=lambda item: "/browser/" in str(item.path))


def pytest_collection_finish():
    """What is imported by now stays: the collector reads it no more, and comes less often. An eighth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        world.build()


@pytest.fixture(autouse=True)
def _clean_state(settings):
    """Nothing of one test in the next: cache, language, time zone."""
    from django.utils import translation

    cache.clear()
    caches["pages"].clear()
    # Which charter holds, as every request but the first finds it.
    caches["pages"].set(charter.KEY, 1)
    translation.activate("en")
    timezone.deactivate()
    yield
    translation.activate("en")


@pytest.fixture
def visitor():
    return AnonymousUser()


def _cast(role):
    @pytest.fixture(name=role)
    def person(db):
        return User.objects.get(email=f"{role}@cast.example")

    return person


newcomer = _cast("newcomer")
member = _cast("member")
observer = _cast("observer")
moderator = _cast("moderator")
facilitator = _cast("facilitator")
stranger = _cast("stranger")
former = _cast("former")
suspended = _cast("suspended")
editor = _cast("editor")
translator_ar = _cast("translator_ar")
staff = _cast("staff")
root = _cast("root")


@pytest.fixture
def cast(db) -> dict:
    """All thirteen by name, `visitor` included."""
    return world.everybody()


def _space(visibility):
    @pytest.fixture(name=f"{visibility}_space")
    def space(db):
        return Space.objects.get(visibility=visibility)

    return space


public_space = _space(Visibility.PUBLIC)
network_space = _space(Visibility.NETWORK)
closed_space = _space(Visibility.CLOSED)
hidden_space = _space(Visibility.HIDDEN)


@pytest.fixture
def spaces(db) -> dict[str, Space]:
    return {space.visibility: space for space in Space.objects.all()}


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A client signed in as that person; the visitor's for an anonymous one. `suspended` ends up a visitor."""

    def make(person, **kwargs) -> Client:
        client = Client(**kwargs)
        if person.is_authenticated:
            sign_in(client, person)
        return client

    return make


def sign_in(client: Client, person: User) -> None:
    """As `Client.force_login`, which makes an anonymous session first only to throw it away: half the statements."""
    request = HttpRequest()
    request.session = import_module(site_settings.SESSION_ENGINE).SessionStore()
    login(request, person, backend="profiles.backends.AccountBackend")
    request.session.save()
    client.cookies[site_settings.SESSION_COOKIE_NAME] = request.session.session_key


@pytest.fixture
def furnished(db):
    """Menus and site settings are kept, as every page but the first after a change finds them."""
    from django.utils.translation import override

    from communities import freshness
    from pages.frame import reading

    for code, _name in site_settings.LANGUAGES:
        with override(code):
            caches[freshness.CACHE].set(reading._key(), reading._read(code), reading.HOUR)


@pytest.fixture
def standing_clock():
    """Pages say "3 minutes ago": two worlds are compared at one and the same moment."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def windows_begun():
    """What is counted in windows (a minute, a quarter of an hour) begins anew for everybody at the same moment: where
    tries are counted up to a limit, none of the windows may end in between.
    """
    hour = timezone.now().replace(minute=0, second=5, microsecond=0) + timedelta(hours=1)
    with time_machine.travel(hour):
        yield


@pytest.fixture
def warm(monkeypatch, django_capture_on_commit_callbacks):
    """The page cache as it works outside a test's transaction, which is never committed.

    `with warm():` is a transaction of somebody else: what it changed is known to the cache when it is over.
    """
    from communities import freshness

    monkeypatch.setattr(freshness, "is_pending", lambda: False)
    monkeypatch.setattr(freshness, "_is_waiting", lambda: False)
    return lambda: django_capture_on_commit_callbacks(execute=True)
