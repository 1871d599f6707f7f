"""Leaving, on a phone without JavaScript: a copy asked for, fetched and opened offline; an erasure asked for, called
off, asked for again and carried out."""

import zipfile

import pytest

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser
SEND = "main form button.btn"
SETUP = """
from communities.models import Space
from communities import joining
from forum.posting import open_topic
from profiles.joining import enrol
space = Space.objects.filter(visibility="closed", archived_at=None, frozen_at=None).first()
person = enrol("leaving@demo.example", "{password}", "Zibelinekin", language="{language}", approved=True)
joining.join(space, person)
open_topic(space, person, "Un sujet du départ", "Des mots du départ.\\n\\nكلمات الرحيل", "fr")
"""
DUE = """
from django.utils import timezone
from profiles.leaving.models import Erasure
Erasure.objects.update(due_at=timezone.now())
"""


def prove(page):
    """Wherever it was asked for: the password once more."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main form button:not([value])")
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_in(page, language):
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", "leaving@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    page.wait_for_url(lambda url: "/account/login" not in url)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["fr"])
def test_copy_then_erasure(open_page, browser, server, tmp_path, language):
    server.manage("shell", "-c", SETUP.format(password=PASSWORD, language=language))
    page = open_page(language, javascript=False)
    sign_in(page, language)

    page.goto(f"/{language}/account/export/")
    prove(page)
    page.click(SEND)
    with page.expect_download() as begun:
        page.click("main a.file")
    begun.value.save_as(tmp_path / "copy.zip")
    read_offline(browser, tmp_path, language)

    page.goto(f"/{language}/account/erasure/")
    ask_to_be_erased(page)
    page.goto(f"/{language}/feed/")
    page.click("main a[href$='/account/erasure/'] >> nth=0")
    page.click(SEND)
    page.wait_for_url(lambda url: "/account/profile/" in url)

    page.goto(f"/{language}/account/erasure/")
    ask_to_be_erased(page)
    server.manage("shell", "-c", DUE)
    assert "erasures: 1 carried out" in server.manage("tick")
    assert page.goto(f"/{language}/account/erasure/").status == 404
    sent = [letter for letter in server.letters() if "To: leaving@demo.example" in letter]
    # Ready, begun, called off, begun again, done.
    assert len(sent) == 5 and not any("Zibelinekin" in letter for letter in sent)


def ask_to_be_erased(page):
    page.check("[name=words][value=go]")
    page.check("[name=sure]")
    page.click(SEND)
    assert page.locator("form[action$='/withdrawal/']").count() == 1


def read_offline(browser, folder, language):
    """Without a network and without our server: every page opens, is wide enough, and asks for files alone."""
    with zipfile.ZipFile(folder / "copy.zip") as copy:
        copy.extractall(folder / "copy")
    context = browser.new_context(
        offline=True, viewport={"width": 360, "height": 780}, java_script_enabled=True
    )
    page = context.new_page()
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"file://{folder}/copy/index.html")
    links = page.locator(".parts a[href$='.html']").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 4 and fits(page)
    for link in links:
        page.goto(link)
        assert page.locator(f"html[lang={language}]").count() == 1 and fits(page)
    page.goto(f"file://{folder}/copy/pages/posts.html")
    assert "كلمات الرحيل" in page.inner_text("main")
    # The style sheet was let in.
    assert page.evaluate("getComputedStyle(document.querySelector('.entries')).listStyleType") == "none"
    context.close()
    assert all(url.startswith("file://") for url in asked) and refused == []
