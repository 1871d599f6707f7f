"""A shared computer: after signing out, the way back leads to nothing that was private."""

import pytest

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser

PRIVATE = "/fr/spaces/detention-provisoire/forum/"


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_back_after_signing_out_brings_no_private_page(open_page, javascript):
    page = open_page("fr", javascript=javascript)
    sign_in(page, "member", "fr")
    page.goto(PRIVATE)
    titles = page.locator("main .list .title a").all_inner_texts()
    assert titles
    page.locator("details:has(form[action$='/account/logout/']) > summary").click()
    page.locator("details form[action$='/account/logout/'] button").click()
    page.wait_for_url(lambda url: PRIVATE not in url)
    page.go_back()
    assert PRIVATE in page.url
    assert [title for title in titles if title in page.content()] == []
    assert page.locator("form[action$='/account/logout/']").count() == 0
