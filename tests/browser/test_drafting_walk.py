"""A machine drafts a passage; a person goes over it with the glossary beside them; only then do readers get it."""

import pytest

from tests.browser.test_cms_walk import press, publish
from tests.browser.test_translation_walk import change_a_paragraph, translated

pytestmark = pytest.mark.browser

MORE = " La détention provisoire reste l’exception."
TERM = "الحبس الاحتياطي"
WITHOUT_TERM = "السجن استثناء من أجل المسيرة."
WITH_TERM = f"{TERM} استثناء من أجل المسيرة."


def test_machine_draft_is_gone_over_with_the_glossary_before_readers_get_it(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    _title, number, arabic = translated(editor, nth=3)
    editor.goto(f"/cms/pages/{number}/edit/")
    change_a_paragraph(editor, MORE)
    publish(editor)

    translator = signed_in("translator_ar", "fr", width=1280)
    board = f"/cms/translations/{number}/ar/"
    translator.goto(board)
    translator.locator(".passage-acts a[href$='/edit/']").first.click()
    # The glossary at the side of wagtail-localize's editor.
    panel = translator.locator("[data-side-panel=glossary]:visible")
    translator.locator(".js-translation-editor textarea, .js-translation-editor button").first.wait_for()
    assert panel.count() == 0
    translator.locator("[data-side-panel-toggle=glossary]").first.click()
    panel.first.wait_for()
    assert TERM in panel.first.locator("dt", has_text="détention provisoire").locator("+ dd").inner_text()

    # The machine's words: on the reading page, and not before readers.
    press(translator.locator("form[action$='/machine_translate/'] button"))
    draft = translator.locator(".passage--unread")
    assert draft.count() == 1 and MORE.strip() in draft.locator(".passage__source").inner_text()
    assert draft.locator("textarea").input_value().endswith("(ar)")
    assert draft.locator("textarea").get_attribute("dir") == "rtl"
    assert TERM in draft.locator("dl").inner_text()
    reading = translator.url
    translator.goto(board)
    assert translator.locator("button[name=action][value=publish]").count() == 0

    # A person's words: with a warning as long as they leave the glossary's term out.
    translator.goto(reading)
    key = draft.get_attribute("id")
    draft.locator("textarea").fill(WITHOUT_TERM)
    press(translator.locator(".passages__save button"))
    row = translator.locator(f"#{key}")
    assert TERM in row.locator(".help-warning").inner_text()
    row.locator("textarea").fill(WITH_TERM)
    press(translator.locator(".passages__save button"))
    assert row.locator(".help-warning").count() == 0
    assert translator.locator(".passage--unread, .passage--trouble").count() == 0
    visitor = open_page("ar")
    visitor.goto(arabic)
    assert WITH_TERM not in visitor.locator("main").inner_text()
    translator.goto(board)
    press(translator.locator("button[name=action][value=publish]"))
    visitor.goto(arabic)
    assert WITH_TERM in visitor.locator("main").inner_text()
