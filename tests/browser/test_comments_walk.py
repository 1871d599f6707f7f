"""A conversation under an article: said, answered, reported, hidden, shown again; and a visitor's, by mail."""

import re

import pytest

pytestmark = pytest.mark.browser
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
SEND = "main form button.btn"


def article(page, language="fr", nth=0):
    page.goto(f"/{language}/news/")
    page.goto(page.locator("main .title a").nth(nth).get_attribute("href"))


def said(page, words):
    return page.locator("#comments .comment", has_text=words)


def write(page, words):
    page.fill("[name=words]", words)
    page.click(SEND)
    page.wait_for_url(re.compile("#c-"))


def decide(editor, pile, words, decision):
    editor.goto(f"/cms/comments/?pile={pile}")
    case = editor.locator("article", has_text=words)
    case.locator("[name=reason]").fill("Pour la marche")
    case.locator(f"button[value={decision}]").click()
    editor.wait_for_url(re.compile("pile="))
    assert editor.locator("article", has_text=words).count() == (0 if decision != "nothing" else 1)


@WITH_AND_WITHOUT
def test_comment_reply_report_hide_restore(signed_in, open_page, javascript):
    mark = "avec" if javascript else "sans"
    first, answer = f"Première remarque, {mark} script.", f"Une réponse, {mark} script."
    member = signed_in("member", "fr", javascript=javascript)
    article(member)
    member.click("#comments > .acts a.btn")
    write(member, first)
    assert said(member, first).count() == 1

    stranger = signed_in("stranger", "fr", javascript=javascript)
    article(stranger)
    said(stranger, first).locator(".post-foot a").click()
    assert first in stranger.locator("main blockquote").inner_text()
    write(stranger, answer)
    assert "deep-1" in said(stranger, answer).get_attribute("class")

    said(stranger, first).locator(".menu summary").click()
    said(stranger, first).locator(".menu-box a[href$='/reports/new/']").click()
    stranger.check("[name=reason][value=insult]")
    stranger.fill("[name=words]", f"Signalé {mark} script")
    stranger.click(SEND)
    stranger.wait_for_url(re.compile("#c-"))

    editor = signed_in("editor", "fr", width=1280)
    decide(editor, "reported", f"Signalé {mark} script", "hide")
    visitor = open_page("fr", javascript=javascript)
    article(visitor)
    assert said(visitor, first).count() == 0 and said(visitor, answer).count() == 1
    decide(editor, "hidden", first, "restore")
    article(visitor)
    assert said(visitor, first).count() == 1
    # One conversation for all languages, each remark with its own direction.
    article(visitor, "ar")
    assert said(visitor, first).locator(".post-body[lang=fr]").count() == 1
    names = {cookie["name"] for cookie in visitor.context.cookies()}
    assert not names & {"sessionid", "csrftoken", "messages"}


def test_visitor_confirms_by_mail_and_an_editor_approves(signed_in, open_page, server):
    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/cms/settings/news_comments/commentsettings/")
    editor.check("[name=visitors_may_comment]")
    editor.click("main form button[type=submit], footer button[type=submit]")
    editor.wait_for_load_state()

    words = "Je passais par ici, sans compte."
    visitor = open_page("fr", javascript=False)
    article(visitor, nth=1)
    visitor.click("#comments > .acts a.btn")
    visitor.fill("[name=words]", words)
    visitor.fill("[name=name]", "Passante")
    visitor.fill("[name=email]", "passante@guest.example")
    before = len(server.letters())
    visitor.click(SEND)
    visitor.wait_for_url(re.compile("/sent/"))
    article(visitor, nth=1)
    assert said(visitor, words).count() == 0

    letter = "".join(server.letters()[before:])
    assert "passante@guest.example" in letter and "Je passais" not in letter
    visitor.goto(re.search(r"http://\S+/comments/confirmations/[\w-]+/", letter)[0])
    visitor.click(SEND)
    article(visitor, nth=1)
    assert said(visitor, words).count() == 0

    decide(editor, "waiting", words, "approve")
    article(visitor, nth=1)
    assert "Passante" in said(visitor, words).inner_text()
    assert "passante@guest.example" not in visitor.content()
