"""Every kind of page, in four languages, at 360 px, loaded once with an empty cache, is looked at in four ways:

axe (WCAG 2 A to AAA, best practice; contrast in the dark too), markup that is shown as text, scrolling sideways, and
what it weighs (face.md).
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.pages import PAGES, ROLES, address_below, pages_of

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": RULES}
COLOURS = {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
LOOK = """async (runOnly) => (await axe.run({runOnly, resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.nodes[0].html.slice(0, 160)}`)"""
# Ours, shown as text: it was escaped once too often.
MARKUP = """() => [...document.body.innerText.matchAll(/<\\/?(a|b|bdi|br|em|p|span|strong|svg|time)\\b[^>]*>/g)].map(
    found => `shows its markup: ${found[0]}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# kind -> most bytes, compressed (face.md, "Weight"). `all` counts everything; pictures and icons share one purse.
HARD = {
    "document": 24_000,
    "stylesheet": 12_000,
    "script": 16_000,
    "image": 65_000,
    "font": 0,
    "all": 110_000,
    "requests": 12,
}
# What is only an aim there holds here for the public pages and the conversations: none is over it.
AIM = HARD | {
    "document": 8_000,
    "stylesheet": 10_000,
    "script": 5_000,
    "image": 44_000,
    "all": 65_000,
    "requests": 8,
}
AIM_OF_TOPIC = AIM | {"document": 14_000, "script": 10_000, "image": 14_000, "all": 48_000, "requests": 6}
MOST = {
    **dict.fromkeys(pages_of("", "en"), AIM),
    **dict.fromkeys(("space", "forum", "topic"), AIM_OF_TOPIC),
    # A small photo of each of the first people.
    **dict.fromkeys(("people", "members"), HARD | {"requests": 16}),
}


def findings(page, language, name):
    """Everything that is wrong with one page, in lines."""
    address = address_below(page, language, PAGES[name][1])
    answers = []
    note = lambda request: answers.append(request)  # noqa: E731
    page.on("requestfinished", note)
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    lines = page.evaluate(LOOK, EVERYTHING) + page.evaluate(MARKUP)
    page.emulate_media(color_scheme="dark")
    lines += [f"in the dark, {line}" for line in page.evaluate(LOOK, COLOURS)]
    page.emulate_media(color_scheme="light")
    overflow = page.evaluate(SIDEWAYS)
    page.remove_listener("requestfinished", note)
    return lines + ([f"scrolls sideways by {overflow} px"] if overflow > 0 else []) + heavy(name, answers)


def heavy(name, answers):
    weights = dict.fromkeys(AIM, 0) | {"requests": len(answers)}
    for request in answers:
        size = max(0, request.sizes()["responseBodySize"])
        weights["all"] += size
        weights[request.resource_type] = weights.get(request.resource_type, 0) + size
    if weights["stylesheet"] == 0:
        return ["was weighed with a full cache"]
    return [
        f"{kind}: {weights[kind]}, at most {limit}"
        for kind, limit in MOST.get(name, HARD).items()
        if weights[kind] > limit
    ]


def without_cache(page):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})


@pytest.mark.parametrize("language", ["en", "fr", "ar", "nl"])
@pytest.mark.parametrize("role", ROLES)
def test_page_is_accessible_fits_and_is_light(open_page, signed_in, language, role):
    page = signed_in(role, language) if role else open_page(language)
    page.goto(f"/{language}/")
    without_cache(page)
    found = {name: findings(page, language, name) for name in pages_of(role, language)}
    assert {name: lines for name, lines in found.items() if lines} == {}
