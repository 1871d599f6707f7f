"""A landing page: in four languages, a proposal from the space to the public, and gone when the space hides."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.browser.test_cms_walk import publish, wait_until, write_paragraph

pytestmark = pytest.mark.browser

HIDING = ("visiting-places-of-detention", "Visiting places of detention")
PUBLIC = "justice-pour-les-enfants"
NAMES = {
    "fr": "Justice pour les enfants",
    "en": "Justice for children",
    "ar": "عدالة الأطفال",
    "nl": "Recht voor kinderen",
}


def picture():
    out = BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", NAMES)
def test_landing_page_speaks_four_languages(open_page, language, javascript):
    page = open_page(language, javascript=javascript)
    assert page.goto(f"/{language}/communities/").status == 200
    page.locator(f"main a[href='/{language}/communities/{PUBLIC}/']").first.click()
    assert page.locator("h1").inner_text() == NAMES[language]
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("main ol.steps li").count() >= 2
    # One and the same address everywhere, and a way to each.
    others = page.locator("head link[rel=alternate][hreflang]").evaluate_all(
        "all => all.map(x => x.hreflang)"
    )
    assert set(NAMES) <= set(others)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if javascript else True


def test_facilitator_proposes_and_an_editor_publishes(signed_in, open_page):
    words = "Nos trois chantiers de cet hiver, en une ligne."
    facilitator = signed_in("facilitator", "fr", javascript=False)
    facilitator.goto(f"/fr/spaces/{PUBLIC}/landing/proposals/new/")
    facilitator.fill("[name=text]", words)
    facilitator.set_input_files(
        "[name=files]", {"name": "chantiers.png", "mimeType": "image/png", "buffer": picture()}
    )
    facilitator.click("main form button.btn:not([type=button])")
    assert words in facilitator.locator("main").inner_text()
    address = facilitator.url

    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/cms/")
    editor.locator("a[href$='/cms/proposals/']").first.click()
    editor.locator("td.title a", has_text=words).click()
    wait_until(editor, lambda: words in editor.locator("main").inner_text())
    editor.locator("form[action*='/pictures/'] button").click()
    wait_until(editor, lambda: editor.locator("figcaption a[href*='/images/']").count() == 1)
    proposal = editor.url
    editor.locator("main a[href*='/cms/pages/'][href$='/edit/']", has_text="français").click()
    write_paragraph(editor, words)
    publish(editor)
    visitor = open_page("fr")
    visitor.goto(f"/fr/communities/{PUBLIC}/")
    assert words in visitor.locator("main").inner_text()

    editor.goto(proposal)
    editor.select_option("[name=state]", "done")
    editor.fill("[name=words]", "C’est en ligne.")
    editor.locator("main form:not([action]) button.button").last.click()
    wait_until(editor, lambda: re.search(r"/cms/proposals/$", editor.url))
    facilitator.goto(address)
    assert "C’est en ligne." in facilitator.locator("main").inner_text()


def test_space_that_hides_is_gone_and_answers_like_nothing(signed_in, open_page):
    slug, name = HIDING
    visitor = open_page("fr", javascript=False)
    assert visitor.goto(f"/fr/communities/{slug}/").status == 200
    facilitator = signed_in("facilitator", "fr", javascript=False)
    facilitator.goto(f"/fr/spaces/{slug}/hiding/")
    facilitator.click("main form button.danger")
    assert slug not in facilitator.url
    unknown = visitor.request.get(f"/fr/communities/{'x' * len(slug)}/")
    there = visitor.request.get(f"/fr/communities/{slug}/")
    assert there.status == unknown.status == 404
    assert same(there, slug) == same(unknown, "x" * len(slug))
    for page in ("/fr/", "/fr/communities/", "/sitemap.xml", f"/fr/search/?q={name}"):
        assert f"/communities/{slug}/" not in visitor.request.get(page).text()


def same(answer, slug):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text().replace(slug, ""))
