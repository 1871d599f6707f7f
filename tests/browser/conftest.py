"""A real Chromium in front of the demo world. Nothing here touches the suite's own database."""

import os
import shutil

import pytest

from tests.browser.server import Server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOW = "No Chromium on this machine: browser tests are left out. On Debian: sudo apt install chromium"
PASSWORD = "demo-only-password"


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
    with Server(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture
def open_page(browser, server, request):
    """`open_page("fr", javascript=False)`: a page of a new visitor. A request to another host fails the test."""
    contexts = []
    strangers = []

    def note_foreign(sent):
        if not sent.url.startswith((server.url, "data:", "blob:")):
            strangers.append(sent.url)

    def note_error(page, error):
        # Wagtail's link tooltips ask for pages that a translator may not see, and stumble over the 404.
        if "/cms/" not in page.url:
            strangers.append(f"script error: {error}")

    def make(language="en", *, width=360, javascript=True, dark=False):
        context = browser.new_context(
            base_url=server.url,
            locale=language,
            viewport={"width": width, "height": 780},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            timezone_id="Africa/Tunis",
        )
        context.set_default_timeout(15000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note_foreign)
        page.on("pageerror", lambda error: note_error(page, error))
        return page

    yield make
    for context in contexts:
        context.close()
    assert strangers == []


@pytest.fixture(scope="session")
def sessions():
    """Cookies of who has signed in. Sign-ins are limited per minute, and a quick machine would meet the limit."""
    return {}


@pytest.fixture
def signed_in(open_page, sessions):
    """`signed_in("member", "fr")`: somebody of the cast, the first time through the sign-in page."""

    def make(role, language="en", **kwargs):
        page = open_page(language, **kwargs)
        page.context.add_cookies(sessions.get(role, []))
        if role in sessions and page.goto(f"/{language}/feed/").status == 200:
            return page
        page.goto(f"/{language}/account/login/")
        page.fill("[name=login]", f"{role}@demo.example")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button:not([value])")
        page.wait_for_url(lambda url: "/account/login" not in url)
        sessions[role] = [each for each in page.context.cookies() if "session" in each["name"]]
        return page

    return make


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
