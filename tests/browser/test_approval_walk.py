"""Somebody who may write and not publish hands in; an editor corrects, compares and approves."""

import re

import pytest

from tests.browser.test_cms_walk import cms_page_of, press, publish, write_paragraph

pytestmark = pytest.mark.browser

TITLE, ADDRESS = "Wandeling langs de redactie", "/nl/news/wandeling-langs-de-redactie/"


@pytest.fixture
def author(signed_in):
    """Made one by root, as it is done: there is none in the demo world."""
    root = signed_in("root", "en", width=1280)
    root.goto("/cms/users/")
    root.locator("main table a", has_text="Lotte").first.click()
    root.get_by_label("Authors", exact=True).check()
    press(root.locator("main form footer button").first)
    return signed_in("observer", "nl", width=1280)


def test_author_hands_in_and_an_editor_compares_and_approves(author, signed_in, open_page, server):
    editor, visitor = signed_in("editor", "fr", width=1280), open_page("nl")
    index = cms_page_of(editor, "/nl/news/")
    author.goto(f"/cms/pages/add/news/newspage/{index}/")
    author.fill("#id_title", TITLE)
    author.fill("#id_intro", "Geschreven door een auteur.")
    write_paragraph(author, "Een alinea om te keuren.")
    assert author.locator("[name=action-publish]").count() == 0
    publish(author, "submit")
    assert visitor.goto(ADDRESS).status == 404

    # It waits on the editors' first page; they put a word right there, and see what they changed.
    editor.goto("/cms/")
    editor.locator("main a[href*='/edit/']", has_text=TITLE).first.click()
    number = re.search(r"/pages/(\d+)/", editor.url).group(1)
    editor.fill("#id_intro", "Gelezen door de redactie.")
    editor.locator("footer button.action-save").first.click()
    editor.locator(".messages").get_by_text(TITLE).first.wait_for()
    editor.goto(f"/cms/pages/{number}/history/")
    editor.locator("table .w-dropdown__toggle").first.click()
    press(editor.locator("a[href*='/revisions/compare/']").first)
    changes = editor.locator("td.comparison")
    assert "Geschreven door een auteur" in " ".join(changes.locator(".deletion").all_inner_texts())
    assert "Gelezen door de redactie" in " ".join(changes.locator(".addition").all_inner_texts())
    assert visitor.goto(ADDRESS).status == 404

    editor.goto(f"/cms/pages/{number}/edit/")
    editor.locator("footer .w-dropdown__toggle").last.click()
    letters = len(server.letters())
    press(editor.locator("button[data-workflow-action-name=approve]").first)
    assert visitor.goto(ADDRESS).status == 200
    assert "Gelezen door de redactie." in visitor.locator("main").inner_text()
    assert any("observer@demo.example" in letter for letter in server.letters()[letters:])
