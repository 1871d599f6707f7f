"""Walk 2, the translator's half: a paragraph changes in French, and is carried into Arabic."""

import re

import pytest

from tests.browser.test_cms_walk import cms_page_of, press, publish, wait_until_kept

pytestmark = pytest.mark.browser

MORE = " Corrigé pour la marche."
WORDS = "فقرة مصححة من أجل المسيرة."


def change_a_paragraph(page, more):
    """At the end of the first rich text."""
    field = page.locator("[contenteditable=true]").first
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(more)
    wait_until_kept(page, more.strip())


def translated(editor, nth=0):
    """(title, number in the CMS, Arabic address) of what was written in French and is read in Arabic."""
    editor.goto("/cms/translations/?language=ar&state=published")
    link = editor.locator("tr th a", has=editor.locator("bdi[lang=fr]")).nth(nth)
    title, number = link.inner_text(), re.search(r"/(\d+)/edit/", link.get_attribute("href")).group(1)
    editor.goto(f"/cms/translations/{number}/ar/")
    return title, number, editor.locator("main .passage-acts a").last.get_attribute("href")


@pytest.fixture
def article(signed_in):
    editor = signed_in("editor", "fr", width=1280)
    return editor, *translated(editor)


def test_paragraph_changed_in_french_is_carried_into_arabic(article, signed_in, open_page):
    editor, title, number, arabic = article
    visitor = open_page("ar")
    visitor.goto(arabic)
    before = visitor.locator("main").inner_text()

    editor.goto(f"/cms/pages/{number}/edit/")
    change_a_paragraph(editor, MORE)
    publish(editor)

    # The board says so, with that passage, and readers still have the old one.
    translator = signed_in("translator_ar", "fr", width=1280)
    translator.goto("/cms/translations/?language=mine&state=out-of-date")
    translator.locator("tr", has_text=title).locator("a.board-state").first.click()
    passage = translator.locator(".passage", has_text=MORE.strip())
    assert "Corrigé" in passage.locator("ins").first.inner_text()
    old = passage.locator(".passage-sides > div").last.locator("p").inner_text()
    visitor.goto(arabic)
    assert visitor.locator("main").inner_text() == before and old in before

    # By one link to that very field of the editor.
    passage.get_by_role("link").first.click()
    field = translator.locator(".js-translation-editor textarea:focus")
    field.wait_for()
    # Beside it what the source said before, and field and words each in their own language.
    row = field.locator("xpath=ancestor::li[1]")
    assert MORE.strip() not in row.locator(".passage-before p[lang=fr]").first.inner_text()
    assert (field.get_attribute("lang"), field.get_attribute("dir")) == ("ar", "auto")
    field.fill(WORDS)
    field.press("Enter")
    field.wait_for(state="detached")
    translator.wait_for_load_state("networkidle")

    # And, once nothing waits, before readers.
    translator.goto(f"/cms/translations/{number}/ar/")
    press(translator.locator("button[name=action][value=publish]"))
    visitor.goto(arabic)
    now = visitor.locator("main").inner_text()
    assert WORDS in now and old not in now

    # What was written by hand stays through the next publication of the source.
    editor.goto(f"/cms/pages/{number}/edit/")
    editor.fill("#id_intro", "Une autre introduction, pour la marche.")
    publish(editor)
    translator.goto(f"/cms/translations/{number}/ar/")
    assert translator.locator(".passage textarea").count() == 1
    visitor.goto(arabic)
    assert visitor.locator("main").inner_text() == now
    translator.locator(".passage textarea").fill("مقدمة أخرى من أجل المسيرة.")
    translator.locator(".passage button[value=save]").click()
    press(translator.locator("button[name=action][value=publish]"))
    visitor.goto(arabic)
    assert WORDS in visitor.locator("main").inner_text()


def test_paragraph_changed_in_english_is_out_of_date_in_french_and_arabic(signed_in):
    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/cms/translations/")
    title = "The empty phone"
    link = editor.locator("tr th a", has_text=title)
    number = re.search(r"/(\d+)/edit/", link.get_attribute("href")).group(1)
    editor.goto(f"/cms/pages/{number}/edit/")
    change_a_paragraph(editor, " Corrected for the walk.")
    publish(editor)
    row = editor.locator("tr", has_text=title)
    for code in ("fr", "ar"):
        editor.goto("/cms/translations/?state=out-of-date")
        row.locator(f".board-out-of-date[href*='/{code}/']").click()
        assert "Corrected" in editor.locator(".passage ins").first.inner_text()


CLOSED = ("pages/{}/edit/", "pages/{}/delete/", "pages/{}/move/", "images/add/", "redirects/add/",
          "snippets/themes/theme/add/", "users/", "workflows/list/")  # fmt: skip
SEND = """async (address) => {
    const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({csrfmiddlewaretoken, title: "x", "action-publish": "1"});
    return (await fetch(address, {method: "POST", body})).status;
}"""


def test_translator_of_arabic_is_refused_everywhere_else(article, signed_in):
    number = article[2]
    translator = signed_in("translator_ar", "fr", width=1280)
    for path in CLOSED:
        address = f"/cms/{path.format(number)}"
        translator.goto(address)
        assert not translator.url.endswith(address), address
    translator.goto(f"/cms/translations/trees/new/{number}/")
    assert translator.locator("input[name=languages]").count() == 1
    # Forms sent all the same.
    for path in CLOSED:
        assert translator.evaluate(SEND, f"/cms/{path.format(number)}") == 403, path


def test_tree_is_made_ready_while_its_page_is_open(signed_in):
    editor = signed_in("editor", "fr", width=1280)
    index = cms_page_of(editor, "/fr/news/")
    editor.goto(f"/cms/translations/trees/new/{index}/")
    editor.locator("input[name=languages][value=nl]").check()
    editor.locator("form button.button:not([name])").last.click()
    done = editor.locator("#tree[data-open=no]")
    done.wait_for(timeout=60000)
    bar = done.locator("progress")
    assert bar.get_attribute("value") == bar.get_attribute("max")


@pytest.mark.parametrize("javascript", [True, False])
def test_reader_asks_for_a_translation(open_page, javascript):
    visitor = open_page("nl", javascript=javascript)
    visitor.goto("/nl/news/")
    visitor.locator("main a[lang]:not([lang=nl])").first.click()
    visitor.locator("[role=note] a[href*='/wanted/']").click()
    visitor.locator("main form button").click()
    assert visitor.locator("main [role=status]").count() == 1
