"""`make shots`: the main pages at 360 and 1280 px, in French and Arabic, light and dark, into var/shots/."""

import pytest

from tests.browser.pages import ROLES, pages_of, visit
from tests.browser.server import ROOT

pytestmark = pytest.mark.browser
OUT = ROOT / "var" / "shots"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_draw(open_page, signed_in, language, width, dark):
    OUT.mkdir(parents=True, exist_ok=True)
    for role in ROLES:
        look = {"width": width, "dark": dark}
        page = signed_in(role, language, **look) if role else open_page(language, **look)
        for name in pages_of(role, language):
            visit(page, language, name)
            tone = "dark" if dark else "light"
            page.screenshot(path=OUT / f"{name}-{language}-{width}-{tone}.png", full_page=True)
