"""A post changed, its history read by somebody else, then taken back and put back; on a phone."""

import pytest

from tests.browser.deciding import A_POST, WAYS, fits, way
from tests.browser.test_draft_walk import topic_of

pytestmark = pytest.mark.browser


@WAYS
def test_edit_history_removal_and_return(signed_in, server, language, javascript):
    url = topic_of(server, language, f"histoire {way(language, javascript)}")
    before, after = {
        "fr": ("La première version", "La seconde version"),
        "ar": ("النص الأول هنا", "النص الثاني هنا"),
    }[language]
    author = signed_in("member", language, javascript=javascript)
    author.goto(url)
    author.fill("[name=content]", before)
    author.click("#reply > .acts .btn >> nth=0")
    author.wait_for_url(A_POST)
    # An answer: from now on a change is a change.
    other = signed_in("moderator", language, javascript=javascript)
    other.goto(url)
    other.fill("[name=content]", "…")
    other.click("#reply > .acts .btn >> nth=0")
    other.wait_for_url(A_POST)

    author.goto(url)
    post = author.locator("article.post", has_text=before)
    post.locator(".post-head .menu summary").click()
    post.locator("a[href$='/edit/']").click()
    author.fill("[name=content]", after)
    author.click("main form > .acts .btn >> nth=0")
    author.wait_for_url(A_POST)

    other.goto(url)
    other.locator("article.post", has_text=after).locator("a[href$='/history/']").click()
    assert other.locator("main ins").count() == 1 and other.locator("main del").count() == 1
    assert before in other.locator("main").inner_text() and fits(other)

    post = author.locator("article.post", has_text=after)
    post.locator(".post-head .menu summary").click()
    post.locator("a[href$='/removal/']").click()
    assert fits(author)
    author.click("main .btn.danger")
    author.wait_for_url(lambda address: address.endswith("/bin/"))
    other.goto(url)
    assert other.locator("article.post", has_text=after).count() == 0
    author.click("main article form button")
    author.wait_for_url(A_POST)
    other.goto(url)
    assert other.locator("article.post", has_text=after).count() == 1
