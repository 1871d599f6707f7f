"""What a first view costs (face.md, "Weight"): compressed bytes by kind, and requests, with an empty cache."""

import pytest

from tests.browser.pages import PAGES, visit

pytestmark = pytest.mark.browser
# kind -> most bytes; face.md, last column. `all` counts everything.
LIMITS = {
    "document": 24_000,
    "stylesheet": 12_000,
    "script": 16_000,
    "image": 65_000,
    "font": 0,
    "all": 110_000,
}
REQUESTS = 12


def weigh(page, language, name):
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))
    visit(page, language, name)
    page.wait_for_load_state("networkidle")
    address = page.url
    # The visit may have gone through a list first: only what belongs to the last document counts.
    start = max(i for i, r in enumerate(answers) if r.resource_type == "document" and r.url == address)
    weights = dict.fromkeys(LIMITS, 0)
    for request in answers[start:]:
        size = request.sizes()["responseBodySize"]
        weights["all"] += size
        weights[request.resource_type] = weights.get(request.resource_type, 0) + size
    return weights, len(answers[start:])


def fresh_page(browser, server, role, language):
    """Without a cache: whoever looks has never been here."""
    context = browser.new_context(base_url=server.url, viewport={"width": 360, "height": 780})
    page = context.new_page()
    if role:
        page.goto(f"/{language}/account/login/")
        page.fill("[name=login]", f"{role}@demo.example")
        page.fill("[name=password]", "demo-only-password")
        page.click("main form .btn")
        page.wait_for_load_state()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


@pytest.mark.parametrize(
    "name", ["home", "article", "landing", "space", "topic", "profile", "search", "member-search"]
)
def test_first_view_keeps_its_weight(browser, server, name, capsys):
    role, _address = PAGES[name]
    page = fresh_page(browser, server, role, "fr")
    weights, requests = weigh(page, "fr", name)
    with capsys.disabled():
        print(f"\n{name}: {weights['all']} bytes, {requests} requests, {weights}")
    page.context.close()
    assert {kind: (weights[kind], most) for kind, most in LIMITS.items() if weights[kind] > most} == {}
    assert requests <= REQUESTS
