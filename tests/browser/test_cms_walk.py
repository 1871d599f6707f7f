"""Walk 2: an editor writes in French and changes a paragraph, the translator carries it into Arabic. In the CMS itself."""

import re

import pytest

pytestmark = pytest.mark.browser


def cms_page_of(page, address):
    """The number of the CMS page behind a public address, from the plain "Edit" link that editors see there."""
    page.goto(address)
    href = page.locator("a[href^='/cms/pages/']").first.get_attribute("href")
    return re.search(r"/pages/(\d+)/", href).group(1)


def write_paragraph(page, words):
    """Adds a text block at the end of the body."""
    page.locator(".c-sf-add-button").last.click()
    page.locator("[role=option]", has_text=re.compile(r"^(Text|Texte)$")).click()
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.type(words)


def publish(page):
    page.locator("footer .w-dropdown__toggle, .footer .w-dropdown__toggle").last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(re.compile(r"/cms/pages/\d+/$"))


def test_editor_writes_in_french_previews_and_publishes(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    index = cms_page_of(editor, "/fr/news/")
    editor.goto(f"/cms/pages/add/news/newspage/{index}/")
    editor.fill("#id_title", "Essai de marche")
    editor.fill("#id_intro", "En deux mots.")
    write_paragraph(editor, "Premier paragraphe de la marche.")
    editor.locator("button[aria-label*='review']").first.click()
    preview = editor.frame_locator("iframe").first
    preview.locator("main", has_text="Premier paragraphe de la marche.").wait_for()
    visitor = open_page("fr")
    assert visitor.goto("/fr/news/essai-de-marche/").status == 404
    publish(editor)
    assert visitor.goto("/fr/news/essai-de-marche/").status == 200
    assert "Premier paragraphe de la marche." in visitor.locator("main").inner_text()
    assert visitor.goto("/ar/news/essai-de-marche/").status == 200
    assert visitor.locator("main [lang=fr]", has_text="Premier paragraphe").count() >= 1


def test_translator_finds_the_arabic_out_of_date_and_brings_it_up_to_date(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/fr/news/")
    address = editor.locator("main .title a").nth(1).get_attribute("href")
    title = editor.locator("main .title a").nth(1).inner_text()
    editor.goto(f"/cms/pages/{cms_page_of(editor, address)}/edit/")
    write_paragraph(editor, "Une phrase de plus, pour la marche.")
    publish(editor)

    translator = signed_in("translator_ar", "fr", width=1280)
    translator.goto("/cms/translations/?language=ar&state=out-of-date")
    row = translator.locator("tr", has_text=title.replace("\xad", ""))
    row.locator("a[href*='/edit/']").first.click()
    visitor = open_page("ar")
    visitor.goto(address)
    arabic = visitor.locator("a[hreflang=ar]").first.get_attribute("href")
    visitor.goto(arabic)
    assert "جملة أخرى" not in visitor.locator("main").inner_text()

    translate_what_is_missing(translator, "جملة أخرى من أجل المسيرة.")
    translator.locator("footer .w-dropdown__toggle, .footer .w-dropdown__toggle").last.click()
    translator.locator("button:visible", has_text=re.compile("Publish|Publier|نشر")).last.click()
    translator.wait_for_load_state("networkidle")
    visitor.goto(arabic)
    assert "جملة أخرى من أجل المسيرة." in visitor.locator("main").inner_text()


def translate_what_is_missing(page, words):
    """Every passage that wagtail-localize's editor shows without a translation gets `words`."""
    page.locator("button", has_text=re.compile("^(Translate|Traduire|ترجم|ترجمة)$")).first.wait_for()
    for button in page.locator("button", has_text=re.compile("^(Translate|Traduire|ترجم|ترجمة)$")).all():
        button.click()
    for box in page.locator("textarea:visible, form [contenteditable=true]").all():
        box.click()
        page.keyboard.type(words)
    for button in page.locator("button", has_text=re.compile("^(Save|Enregistrer|حفظ)$")).all():
        button.click()
    page.wait_for_load_state("networkidle")
