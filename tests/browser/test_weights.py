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


def address_of(signed_in, open_page, name):
    """Where the page is, and who is signed in: found out in a browser of its own."""
    role, _address = PAGES[name]
    page = signed_in(role, "fr") if role else open_page("fr")
    visit(page, "fr", name)
    return page.url, page.context.storage_state()


def weigh(browser, address, session):
    """Opens the page in a browser that has never been here, signed in or not."""
    context = browser.new_context(storage_state=session, viewport={"width": 360, "height": 780})
    page = context.new_page()
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))
    page.goto(address, wait_until="networkidle")
    weights = dict.fromkeys(LIMITS, 0)
    for request in answers:
        size = max(0, request.sizes()["responseBodySize"])
        weights["all"] += size
        weights[request.resource_type] = weights.get(request.resource_type, 0) + size
    context.close()
    return weights, len(answers)


@pytest.mark.parametrize(
    "name", ["home", "article", "landing", "space", "topic", "profile", "search", "member-search"]
)
def test_first_view_keeps_its_weight(browser, signed_in, open_page, name, capsys):
    weights, requests = weigh(browser, *address_of(signed_in, open_page, name))
    with capsys.disabled():
        print(f"\n{name}: {weights['all']} bytes, {requests} requests, {weights}")
    assert weights["stylesheet"] > 0  # nothing came from a cache
    assert {kind: (weights[kind], most) for kind, most in LIMITS.items() if weights[kind] > most} == {}
    assert requests <= REQUESTS
