"""400 hostile texts (`tests/hostile.py`) in a real browser: nothing runs, is fetched, or leaves its place."""

import pytest

from tests.browser.test_pages import SIDEWAYS
from tests.hostile import HOSTILE

pytestmark = pytest.mark.browser
LONGEST = 7_000
# What stands outside the window and cannot be scrolled to; code and tables scroll by themselves.
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter(one => {
    const at = one.getBoundingClientRect();
    if (at.left >= -1 && at.right <= document.documentElement.clientWidth + 1) return false;
    for (let up = one.parentElement; up.localName !== "main"; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") return false;
    return !one.closest(".hush, details:not([open])");
}).map(one => one.outerHTML.slice(0, 160))"""


def heaps():
    """The texts as few messages: each a paragraph of its own."""
    heap = ""
    for text in HOSTILE:
        text = text.replace("\0", "")
        if heap and len(heap) + len(text) > LONGEST:
            yield heap
            heap = ""
        heap += f"{text[:LONGEST]}\n\n"
    yield heap


def publish(page, subject, content):
    page.goto("/fr/spaces/digital-evidence/forum/new/")
    page.fill("[name=subject]", subject)
    page.fill("[name=content]", content)
    page.click("main form > .acts .btn")
    page.wait_for_url(lambda url: not url.endswith("/new/"))


def test_hostile_texts_neither_run_nor_break_the_page(signed_in):
    page = signed_in("facilitator", "fr")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    made = []
    for subject, content in zip(HOSTILE[::41], heaps(), strict=False):
        publish(page, subject[:110].replace("\n", " "), content)
        made.append(page.url)
    addresses = [*made, "/fr/spaces/digital-evidence/forum/", "/fr/feed/", "/fr/search/?q=evil"]
    for address in [*addresses, *(address.replace("/fr/", "/ar/") for address in addresses)]:
        page.goto(address)
        assert page.evaluate(SIDEWAYS) <= 0, address
        assert page.evaluate(OUTSIDE) == [], address
        assert (
            page.locator(
                "main script, main iframe, main object, main embed, main style, main [onclick]"
            ).count()
            == 0
        )
    assert dialogs == []
    assert len(made) >= 6
