"""Through a real browser: a shared phone, the quick exit, a link in a mail, a reply that outlived its session."""

import pytest

from tests.browser.conftest import PASSWORD
from tests.browser.test_walks import hidden_slug

pytestmark = pytest.mark.browser
AWAY = "https://www.wikipedia.org/"


@pytest.fixture
def page_of(browser, server):
    """A browser of its own. The neutral site is out of reach here: that it was asked for is what counts."""
    contexts = []

    def make(language="fr", *, javascript=True):
        context = browser.new_context(
            base_url=server.url,
            locale=language,
            viewport={"width": 360, "height": 780},
            java_script_enabled=javascript,
        )
        context.set_default_timeout(60000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def leaving(page):
    """Wraps what should lead away; says nothing to the other site about where one came from."""
    return page.expect_request(lambda sent: sent.url == AWAY and "referer" not in sent.headers)


def sign_in(page, role="member", *, shared=False, language="fr", at=""):
    page.goto(at or f"/{language}/account/login/")
    page.fill("[name=login]", f"{role}@demo.example")
    page.fill("[name=password]", PASSWORD)
    if shared:
        page.check("[name=shared]")
    page.click("main form button:not([value])")
    page.wait_for_url(lambda url: "/account/login" not in url)


def cookies(page):
    return {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_shared_phone_keeps_nothing_after_signing_out(page_of, javascript):
    page = page_of(javascript=javascript)
    sign_in(page, shared=True)
    assert "device" not in cookies(page)
    session = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    assert session["expires"] == -1
    page.goto("/fr/account/password/change/")
    assert page.locator("form:not([autocomplete=off])").count() == 0
    page.locator("details.menu > summary").last.click()
    page.click("form[action*=logout] button")
    page.wait_for_url(lambda url: "/password/" not in url)
    assert "sessionid" not in cookies(page) and "device" not in cookies(page)
    assert page.goto("/fr/feed/").status == 404


def test_quick_exit_by_its_link_without_javascript(page_of):
    page = page_of(javascript=False)
    sign_in(page, shared=True)
    page.goto("/fr/spaces/")
    with leaving(page):
        page.click("a.exit", no_wait_after=True)
    assert page.context.new_page().goto("/fr/feed/").status == 404


@pytest.mark.parametrize("way", ["escape", "link"])
def test_quick_exit_with_javascript_leaves_no_way_back(page_of, way):
    page = page_of()
    page.goto("/fr/about/")
    page.goto("/fr/events/")
    with leaving(page):
        if way == "escape":
            for _ in range(3):
                page.keyboard.press("Escape")
        else:
            page.click("a.exit", no_wait_after=True)
    page.wait_for_timeout(500)
    page.go_back()
    assert page.url.endswith("/fr/about/")


def test_three_slow_escapes_are_no_exit(page_of):
    page = page_of()
    page.goto("/fr/events/")
    for _ in range(3):
        page.keyboard.press("Escape")
        page.wait_for_timeout(1100)
    assert page.url.endswith("/fr/events/")


def test_quick_exit_stands_at_the_top_and_apart(page_of):
    for language in ("fr", "ar"):
        page = page_of(language)
        page.goto(f"/{language}/")
        box = page.locator("a.exit").bounding_box()
        tools = page.locator(".mast-tools").bounding_box()
        assert box["y"] < 10 and box["height"] >= 44
        assert box["y"] + box["height"] <= tools["y"]


def test_link_in_a_mail_to_a_hidden_space_leads_there(page_of, signed_in):
    slug = hidden_slug(signed_in)
    page = page_of(javascript=False)
    assert page.goto(f"/fr/spaces/{slug}/forum/").status == 404
    page.locator("main a[href*='account/login']").click()
    sign_in(page, at=page.url)
    assert page.url.endswith(f"/fr/spaces/{slug}/forum/")
    assert page.locator("main .list .title a").count() >= 1


def test_reply_whose_session_had_ended_comes_back(page_of, signed_in):
    slug = hidden_slug(signed_in)
    page = page_of(javascript=False)
    sign_in(page, at=f"/fr/account/login/?next=/fr/spaces/{slug}/forum/")
    page.locator("main .list .title a").first.click()
    topic = page.url
    words = "Une réponse écrite pendant une longue coupure."
    page.fill("[name=content]", words)
    page.context.clear_cookies(name="sessionid")
    page.click("#reply .btn:not(.bare):not([type=button])")
    assert "Votre session" in page.locator("main").inner_text()
    assert words not in page.content() and slug not in page.content()
    page.fill("[name=login]", "member@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    assert "/account/kept/" in page.url
    assert page.locator("main [name=content]").input_value() == words
    page.locator("main form .btn").first.click()
    assert page.url.startswith(topic.split("?")[0])
    assert page.locator("article.post", has_text=words).count() == 1
