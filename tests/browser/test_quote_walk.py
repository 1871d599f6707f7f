"""Somebody quotes what another wrote and names a third person, who finds the post through their notifications."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_cms_walk import wait_until

pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
FORUM = "spaces/detention-provisoire/forum/"
# As the demo world calls its facilitator.
NADIA = "نادية"
SELECT = """body => {
    const range = document.createRange();
    range.selectNodeContents(body.querySelector("p"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def a_topic_of(page, language, words):
    page.goto(f"/{language}/{FORUM}new/")
    page.fill("[name=subject]", words)
    page.fill("[name=content]", f"{words}, premier paragraphe.\n\nUn deuxième que personne ne cite.")
    page.click("main form > .acts .btn")
    return page.url


@both
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_quotation_and_mention_reach_the_person_named(signed_in, language, javascript):
    words = f"Citer {language} {'avec' if javascript else 'sans'}"
    topic = a_topic_of(signed_in("moderator", "fr", javascript=javascript), "fr", words)
    page = signed_in("member", language, javascript=javascript)
    page.goto(re.sub(r"/fr/", f"/{language}/", topic))
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    area = page.locator("#reply [name=content]")
    if javascript:
        page.locator(".post-body").first.evaluate(SELECT)
        page.locator(".quote-bar button").click()
        assert "personne ne cite" not in area.input_value()
        area.press_sequentially(f"@{NADIA[:3]}")
        page.locator(".people [role=option]", has_text=NADIA).click()
        area.press_sequentially(", tu en penses quoi ?")
        assert not page.evaluate(SIDEWAYS)
    else:
        page.locator(".post details.menu:has([href*='quote=']) > summary").first.click()
        page.locator(".post a[href*='quote=']").first.click()
        area.fill(f"{area.input_value()}@{NADIA}, tu en penses quoi ?")
    assert re.match(r"> @\S+ \[↩\]\(#p\w+\)\n", area.input_value())
    page.click("#reply > .acts .btn")
    wait_until(page, lambda: "#p" in page.url)
    answer = page.locator(".post").last
    expect(answer.locator("blockquote")).to_contain_text("premier paragraphe")
    expect(answer.locator("blockquote a[href^='#p']")).to_have_count(1)
    expect(answer.locator(".mention", has_text=NADIA)).to_have_count(1)
    assert answer.locator(".post-head a[href^='#p']").count() == 1  # in answer to

    nadia = signed_in("facilitator", language, javascript=javascript)
    nadia.goto(f"/{language}/notifications/")
    nadia.locator("main .list li", has_text=words).locator("h2 a").first.click()
    expect(nadia.locator(".mention.own")).to_have_text(f"@{NADIA}")
    assert "#p" in nadia.url


@both
def test_reaction_is_given_seen_and_taken_back(signed_in, javascript):
    words = f"Réagir {'avec' if javascript else 'sans'}"
    topic = a_topic_of(signed_in("moderator", "fr", javascript=javascript), "fr", words)
    page = signed_in("member", "fr", javascript=javascript)
    page.goto(topic)
    page.locator(".said summary").click()
    page.locator(".said .menu-box button[value=with_you]").click()
    chip = page.locator(".said .chip[value=with_you]")
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.locator(".said > a").click()
    assert "/reactions/" in page.url and page.locator("main .list li").count() == 1
    page.goto(topic)
    chip.click()
    expect(chip).to_have_count(0)
