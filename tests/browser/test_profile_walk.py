"""A profile is arranged in Arabic on a phone without JavaScript, then seen by a visitor and by a stranger."""

import pytest

pytestmark = pytest.mark.browser
PAGE = "/ar/account/profile/page/"


def keys(page):
    return [row.get_attribute("id") for row in page.locator("#parts > li").all()]


def press(page, selector):
    """A button of a form; the answer is a whole page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_page_is_arranged_in_arabic_without_javascript(signed_in, open_page):
    owner = signed_in("stranger", "ar", javascript=False)
    owner.goto(PAGE)
    assert keys(owner)[:3] == ["part-about", "part-work", "part-help"]
    press(owner, "#part-help form[action$='/place/'] button")  # up
    press(owner, "#part-help form[action$='/place/'] button")  # up
    press(owner, "#part-about form[action$='/place/'] >> nth=1 >> button")  # down
    assert keys(owner)[:3] == ["part-help", "part-work", "part-about"]
    press(owner, "#part-contact form[action$='/hiding/'] button")
    assert owner.locator("#part-contact.off").count() == 1

    owner.goto("/ar/account/profile/page/sections/new/text/")
    owner.fill("[name=title]", "كيف أعمل")
    owner.fill("[name=text]", "أردّ على الرسائل **صباح الأحد**.")
    owner.select_option("[name=audience]", "3")
    press(owner, "main form .acts button")
    own = owner.locator("#parts > li >> nth=-1")
    assert "كيف أعمل" in own.inner_text()

    owner.goto("/ar/account/profile/words/ar/")
    owner.fill("[name=headline]", "محامٍ في قضايا السكن")
    owner.select_option("[name=headline_for]", "4")
    press(owner, "main form .acts button")

    owner.goto("/ar/account/profile/contact/")
    owner.select_option("[name=kind]", "phone")
    owner.fill("[name=value]", "+27 00 000 0000")
    press(owner, "main section form .acts button")

    owner.goto(PAGE + "pins/")
    owner.fill("#pin-q", "سجلّ")
    press(owner, "main form.ask button")
    press(owner, "main form:has([name=pin]) button")
    assert owner.locator("#pins .order > li").count() == 1

    owner.goto("/ar/feed/")
    owner.locator(".bar-list a").last.click()
    address = owner.url.partition("/ar/")[2]
    assert [part.get_attribute("id") for part in owner.locator("#sheet > .part[id]").all()][:3] == [
        "help",
        "work",
        "about",
    ]
    assert "+27 00 000 0000" in owner.locator("#contact").inner_text()
    owner.locator(".eyes summary").click()
    press(owner, ".eyes a[href='?as=stranger']")
    borrowed = owner.locator("#sheet").inner_text()
    press(owner, ".eyes a[href='?as=visitor']")
    as_visitor = owner.locator("#sheet").inner_text()

    other = signed_in("editor", "ar")
    other.goto(f"/ar/{address}")
    seen = other.locator("#sheet").inner_text()
    assert seen == borrowed
    assert "كيف أعمل" in seen
    assert other.locator("#sheet strong").inner_text() == "صباح الأحد"
    assert other.locator("#pins a").count() == 1
    assert "+27" not in other.content()
    assert other.locator("#contact").count() == 0

    visitor = open_page("ar")
    visitor.goto(f"/ar/{address}")
    assert visitor.locator("#sheet").inner_text() == as_visitor
    assert "محامٍ في قضايا السكن" in as_visitor
    assert "كيف أعمل" not in visitor.content()
    assert visitor.locator("meta[name=robots][content=noindex]").count() == 1
