"""The small scripts: each a comfort, none a need."""

import re

import pytest
from playwright.sync_api import expect

FORUM = "/en/spaces/detention-provisoire/forum/new/"


def menu_of(page):
    return page.locator("details.menu.menu-main")


def test_menu_closes_on_escape_and_gives_the_focus_back(open_page):
    page = open_page()
    page.goto("/en/")
    page.locator("details.menu-main > summary").click()
    page.locator("details.menu-main a").first.focus()
    page.keyboard.press("Escape")
    expect(menu_of(page)).not_to_have_attribute("open", re.compile(".*"))
    expect(page.locator("details.menu-main > summary")).to_be_focused()


def test_menu_closes_when_something_else_is_pressed(open_page):
    page = open_page()
    page.goto("/en/")
    page.locator("details.menu-main > summary").click()
    page.locator(".foot p").first.click()
    expect(menu_of(page)).not_to_have_attribute("open", re.compile(".*"))


def test_time_zone_is_told_once(open_page):
    page = open_page()
    page.goto("/en/")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert cookies["tz"] == "Africa/Tunis"
    assert set(cookies) == {"tz"}


def test_form_pressed_twice_is_sent_once(signed_in):
    page = signed_in("member")
    sent = []
    page.goto("/en/search/")
    page.route("**/account/logout/", lambda route: (sent.append(1), route.abort()))
    page.evaluate(
        """() => {
            const form = document.querySelector("form[action$='/account/logout/']");
            form.requestSubmit(); form.requestSubmit();
        }"""
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1


@pytest.fixture
def form_page(signed_in):
    page = signed_in("member")
    page.goto(FORUM)
    return page


WRITTEN = [
    ("a word here", (2, 6), "bold", "a **word** here"),
    ("a word here", (2, 7), "italic", "a _word_ here"),
    ("a **word** here", (4, 8), "bold", "a word here"),
    ("one\ntwo", (0, 7), "list", "- one\n- two"),
    ("- one\n- two", (0, 11), "list", "one\ntwo"),
    ("before\nقال القاضي", (7, 17), "quote", "before\n\n> قال القاضي"),
    ("see this", (4, 8), "link", "see [this](https://)"),
    ("https://a.example", (0, 17), "link", "[](https://a.example)"),
]


def test_toolbar_writes_plain_markdown(form_page):
    area = form_page.locator("textarea[name=content]")
    for text, selected, mark, expected in WRITTEN:
        area.fill(text)
        area.evaluate("(area, [from, to]) => area.setSelectionRange(from, to)", list(selected))
        form_page.locator(f"[data-mark={mark}]").click()
        assert area.input_value() == expected


def test_toolbar_can_be_undone(form_page):
    area = form_page.locator("textarea[name=content]")
    area.press_sequentially("word")
    area.press("ControlOrMeta+a")
    form_page.locator("[data-mark=bold]").click()
    assert area.input_value() == "**word**"
    area.press("ControlOrMeta+z")
    assert area.input_value() == "word"


def test_without_scripts_no_toolbar_is_shown_and_the_form_is_whole(signed_in):
    page = signed_in("member", javascript=False)
    page.goto(FORUM)
    expect(page.locator("[data-toolbar]")).to_be_hidden()
    expect(page.locator("textarea[name=content]")).to_be_visible()
