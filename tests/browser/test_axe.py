"""axe (WCAG 2 A to AAA, best practice) on the main pages in all four languages, at 360 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import PAGES, visit

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page):
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{found['id']}: {found['nodes'][0]['html'][:160]}" for found in results]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "nl"])
@pytest.mark.parametrize("role", ["", "member", "facilitator", "staff"])
def test_axe_finds_nothing(open_page, signed_in, language, role):
    page = signed_in(role, language) if role else open_page(language)
    if not role:
        page.goto(f"/{language}/")
    found = {}
    for name, (who, _address) in PAGES.items():
        if who == role:
            visit(page, language, name)
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            lines = findings(page) + ([f"scrolls sideways by {overflow} px"] if overflow > 0 else [])
            if lines:
                found[name] = lines
    assert found == {}
