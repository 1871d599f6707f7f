"""A real Chromium in front of the demo world. Nothing here touches the suite's own database."""

import functools
import os
import shutil

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.server import Server
from tests.pages.machine.conftest import serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOW = "No Chromium on this machine: browser tests are left out. On Debian: sudo apt install chromium"
PASSWORD = "demo-only-password"


@pytest.fixture(scope="session", autouse=True)
def presses_settle():
    """A press that leads to another page returns when that page can be read.

    Playwright returns when it has begun to come: what is counted then is counted on half a page, on a busy machine.
    """
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Locator, Page):
            for name in ("click", "press"):
                patch.setattr(kind, name, settling(getattr(kind, name)))
        yield


def settling(deed):
    @functools.wraps(deed)
    def done(self, *args, **kwargs):
        deed(self, *args, **kwargs)
        page = self.page if isinstance(self, Locator) else self
        if not page.is_closed() and not kwargs.get("no_wait_after"):
            page.wait_for_load_state("domcontentloaded")

    return done


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(HOW)
        pytest.skip(HOW)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    return {"executable_path": CHROMIUM, "headless": True, "args": quiet}


@pytest.fixture(scope="session")
def server(browser_type_launch_args, tmp_path_factory):
    with serving() as machine, Server(tmp_path_factory.mktemp("world"), machine.url) as running:
        yield running


@pytest.fixture(scope="session")
def new_context(browser, server):
    def make(language, **kwargs):
        context = browser.new_context(
            base_url=server.url, locale=language, timezone_id="Africa/Tunis", **kwargs
        )
        # Waited for in vain only where something is wrong: a busy machine is given its time.
        context.set_default_timeout(60000)
        return context

    return make


@pytest.fixture
def watched(server):
    """`watched(page)`: a request to another host, or an error in a script, fails the test."""
    strangers = []

    def note_foreign(sent):
        if not sent.url.startswith((server.url, "data:", "blob:")):
            strangers.append(sent.url)

    def note_error(page, error):
        # Wagtail's link tooltips ask for pages that a translator may not see, and stumble over the 404.
        if "/cms/" not in page.url:
            strangers.append(f"script error: {error}")

    def watch(page, width, dark):
        page.set_viewport_size({"width": width, "height": 780})
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.on("request", note_foreign)
        page.on("pageerror", lambda error: note_error(page, error))
        return page

    yield watch
    assert strangers == []


@pytest.fixture
def open_page(new_context, watched):
    """`open_page("fr", javascript=False)`: a page of a new visitor."""
    contexts = []

    def make(language="en", *, width=360, javascript=True, dark=False):
        contexts.append(new_context(language, java_script_enabled=javascript))
        return watched(contexts[-1].new_page(), width, dark)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def homes():
    """(role, language, javascript) -> the browser of who has signed in, kept with its cookies and its cache.

    Sign-ins are limited per minute, and a quick machine would meet the limit.
    """
    return {}


@pytest.fixture
def signed_in(new_context, watched, homes):
    """`signed_in("member", "fr")`: an empty page of somebody of the cast, in a browser that other tests share."""
    pages = []

    def make(role, language="en", *, width=360, javascript=True, dark=False):
        home = homes.get((role, language, javascript))
        if home is None:
            home = homes[role, language, javascript] = new_context(language, java_script_enabled=javascript)
            cookies = [home for (who, *_look), home in homes.items() if who == role][0].cookies()
            session = [cookie for cookie in cookies if cookie["name"] == "sessionid"]
            home.add_cookies(session)
            if not session:
                sign_in(home.new_page(), role, language)
        pages.append(watched(home.new_page(), width, dark))
        return pages[-1]

    yield make
    for page in pages:
        page.close()


def sign_in(page, role, language):
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", f"{role}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    page.wait_for_url(lambda url: "/account/login" not in url)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
