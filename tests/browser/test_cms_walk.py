"""Walk 2 in the CMS itself: an editor writes in French, changes a paragraph; the translator carries it into Arabic."""

import contextlib
import re

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

# A new block unfolds and takes the focus when it is there.
TAKES_THE_FOCUS = "document.activeElement?.closest('[data-streamfield-child]') !== null"
KEPT = """words => [...document.querySelectorAll("input[type=hidden][name*='-value']")].some(
    field => field.value.includes(words))"""


def cms_page_of(page, address):
    """The number of the CMS page behind a public address, from the plain "Edit" link that editors see there."""
    page.goto(address)
    href = page.locator("a[href^='/cms/pages/']").first.get_attribute("href")
    return re.search(r"/pages/(\d+)/", href).group(1)


def write_paragraph(page, words):
    """Adds a text block at the end of the body."""
    fields = page.locator("[contenteditable=true]")
    before = fields.count()
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.locator("[role=option]:has(use[href='#icon-pilcrow'])").first.click()
    wait_until(page, lambda: fields.count() > before)
    wait_until(page, lambda: page.evaluate(TAKES_THE_FOCUS))
    fields.last.click()
    page.keyboard.type(words)
    wait_until_kept(page, words)


def wait_until_kept(page, words):
    """The editor writes into its form a moment after the last key."""
    # Asked from outside: in the page a function that is waited for is evaluated, which its policy forbids.
    wait_until(page, lambda: page.evaluate(KEPT, words))


def publish(page, action="publish"):
    button = page.locator(f"button[name=action-{action}]")
    for _attempt in range(3):
        # On a busy machine the buttons are there a while before their scripts listen.
        if not button.is_visible():
            page.locator("footer .w-dropdown__toggle").last.click()
        button.click()
        with contextlib.suppress(Error):
            page.wait_for_url(re.compile(r"/cms/pages/\d+/$"), wait_until="commit", timeout=25000)
            return
    raise AssertionError(f"{action} led nowhere from {page.url}")


def press(button):
    """Until the answer is there."""
    with button.page.expect_navigation(wait_until="domcontentloaded"):
        button.click()


def wait_until(page, holds, seconds=60):
    for _tenth in range(seconds * 10):
        with contextlib.suppress(Error):  # a frame that is being loaded anew
            if holds():
                return
        page.wait_for_timeout(100)
    raise AssertionError(
        f"waited in vain at {page.url}: {page.locator('.messages, .error-message').all_inner_texts()}"
    )


def test_editor_writes_in_french_previews_and_publishes(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    index = cms_page_of(editor, "/fr/news/")
    editor.goto(f"/cms/pages/add/news/newspage/{index}/")
    editor.fill("#id_title", "Essai de marche")
    editor.fill("#id_intro", "En deux mots.")
    write_paragraph(editor, "Premier paragraphe de la marche.")
    editor.locator("button[aria-label*='prévisualisation']").first.click()
    wait_until(editor, lambda: any("Premier paragraphe" in frame.content() for frame in editor.frames[1:]))
    visitor = open_page("fr")
    assert visitor.goto("/fr/news/essai-de-marche/").status == 404
    publish(editor)
    assert visitor.goto("/fr/news/essai-de-marche/").status == 200
    assert "Premier paragraphe de la marche." in visitor.locator("main").inner_text()
    assert visitor.goto("/ar/news/essai-de-marche/").status == 200
    assert visitor.locator("main [lang=fr]", has_text="Premier paragraphe").count() >= 1


def test_translator_finds_the_arabic_out_of_date_and_brings_it_up_to_date(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    # Of the demo world: the newest may be one that another walk has just written.
    address, title = "/fr/news/traduire-une-decision-sans-la-trahir/", "Traduire une décision"
    editor.goto(f"/cms/pages/{cms_page_of(editor, address)}/edit/")
    write_paragraph(editor, "Une phrase de plus, pour la marche.")
    publish(editor)

    translator = signed_in("translator_ar", "fr", width=1280)
    translator.goto("/cms/translations/?language=ar&state=out-of-date")
    row = translator.locator("tr", has_text=title)
    row.locator("a.board-state").first.click()
    translator.locator(".passage-acts a[href$='/edit/']").first.click()
    visitor = open_page("ar")
    visitor.goto(address)
    arabic = visitor.locator("a[hreflang=ar]").first.get_attribute("href")
    visitor.goto(arabic)
    assert "جملة أخرى" not in visitor.locator("main").inner_text()

    translate_what_is_missing(translator, "جملة أخرى من أجل المسيرة.")
    press(translator.locator("button[name=action][value=publish]"))
    visitor.goto(arabic)
    assert "جملة أخرى من أجل المسيرة." in visitor.locator("main").inner_text()


def translate_what_is_missing(page, words):
    """Every passage that wagtail-localize's editor shows without a translation gets `words`. Its buttons are Arabic."""
    translate = page.get_by_role("button", name="ترجمة", exact=True)
    translate.first.wait_for()
    while translate.count():
        translate.first.click()
        page.locator("textarea:visible").first.fill(words)
        page.get_by_role("button", name="حفظ", exact=True).first.click()
        page.locator("textarea:visible").first.wait_for(state="detached")
