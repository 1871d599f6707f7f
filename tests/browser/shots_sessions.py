import pytest
from tests.browser.server import ROOT
from tests.browser.test_sessions_walk import page_of, sign_in  # noqa

pytestmark = pytest.mark.browser
OUT = ROOT / "var" / "shots"


def test_draw(open_page, server):
    OUT.mkdir(parents=True, exist_ok=True)
    for language in ("fr", "ar"):
        for width, dark in ((360, False), (1280, False), (360, True)):
            tone = "dark" if dark else "light"

            def shot(page, name, full=True):
                page.screenshot(path=OUT / f"s-{name}-{language}-{width}-{tone}.png", full_page=full)

            page = open_page(language, width=width, dark=dark, javascript=False)
            page.goto(f"/{language}/")
            shot(page, "home", False)
            page.goto(f"/{language}/account/login/")
            shot(page, "login")
            page.goto(f"/{language}/nowhere/")
            shot(page, "notfound", False)
            sign_in(page, language=language, shared=True)
            page.goto(f"/{language}/feed/")
            shot(page, "feed", False)
            page.goto(f"/{language}/account/sessions/")
            shot(page, "sessions")
            page.goto(f"/{language}/spaces/detention-provisoire/forum/")
            page.locator("main .list .title a").nth(1).click()
            page.fill("[name=content]", "Un mot.\n\nEt un autre, un peu plus long, pour voir.")
            page.context.clear_cookies(name="sessionid")
            page.click("#reply .btn:not(.bare):not([type=button])")
            shot(page, "kept-login")
            page.fill("[name=login]", "member@demo.example")
            page.fill("[name=password]", "demo-only-password")
            page.click("main form button:not([value])")
            shot(page, "kept")
    page = open_page("fr", javascript=False)
    page.goto("/fr/account/login/")
    for n in range(11):
        page.fill("[name=login]", "x@demo.example")
        page.fill("[name=password]", "wrong")
        page.click("main form button:not([value])")
        if page.locator("[name=login]").count() == 0:
            break
    page.screenshot(path=OUT / "s-429-fr.png", full_page=True)
