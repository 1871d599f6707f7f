"""The library in Arabic, with and without JavaScript: facets combine, count, let go; files come whole and in parts."""

import io
import re

import pikepdf
import pytest

pytestmark = pytest.mark.browser


def count(page):
    return page.locator("main article.resource").count()


def unfold(page):
    """At 360 px the facets are folded; `<details>` opens without JavaScript too."""
    if not page.locator(".facets section").first.is_visible():
        page.locator(".facets > summary").click()


def choose(page, index, name=None):
    """The first choice not yet made of the facet number `index`; its count."""
    unfold(page)
    links = page.locator(".facets section").nth(index).locator("li a:not([aria-current])")
    link = links.filter(has_text=name).first if name else links.first
    promised = int(link.locator(".n").inner_text())
    link.click()
    return promised


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_reader_of_arabic_combines_facets_and_lets_them_go(open_page, javascript):
    page = open_page("ar", javascript=javascript)
    page.goto("/ar/resources/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert not page.locator(".facets section").first.is_visible()  # folded on a phone
    # Language, then country: each count is what its link finds.
    assert choose(page, 2, "العربية") == count(page) >= 2
    assert "language=ar" in page.url
    assert choose(page, 1, "تونس") == count(page) == 1
    assert page.locator("main article.resource h2").inner_text() == "ستة تمارين لمن يترجم في جلسة"
    assert page.locator(".facets [aria-current]").count() == 2
    # One is let go, then all.
    page.locator("ul.found .chip[aria-current]").first.click()
    assert "country" not in page.url and count(page) >= 2
    page.locator("ul.found .chip:not([aria-current])").click()
    assert page.url.endswith("/ar/resources/") and count(page) == 12
    # Pages and order go together with a choice.
    page.locator("a[href*='sort=title']").click()
    page.locator("a[rel=next]").click()
    assert "sort=title" in page.url and count(page) == 4


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_nothing_found_offers_a_way_on(open_page, javascript):
    page = open_page("ar", javascript=javascript)
    page.goto("/ar/resources/?country=TN&kind=report")
    assert count(page) == 0
    page.locator(".empty .chip").first.click()
    assert count(page) > 0


def test_written_in_arabic_alone_it_stands_in_elsewhere_with_its_language(open_page):
    page = open_page("fr")
    page.goto("/fr/resources/?language=ar")
    title = page.locator("main article.resource h2 a[lang=ar]").first
    title.click()
    assert page.locator("h1").get_attribute("lang") == "ar"
    assert page.locator("meta[name=robots][content=noindex]").count() == 1


def test_file_comes_as_what_it_is(open_page):
    page = open_page("fr")
    page.goto("/fr/resources/?kind=template")
    with page.expect_download() as waiting:
        page.locator("main article.resource a[download]").first.click()
    content = waiting.value.path().read_bytes()
    with pikepdf.open(io.BytesIO(content)) as made:
        assert "/Info" not in made.trailer


def test_sound_is_listened_to_in_parts(open_page, server):
    page = open_page("ar")
    page.goto("/ar/resources/?kind=audio")
    page.locator("main article.resource h2 a").first.click()
    address = page.locator("audio").get_attribute("src")
    assert page.locator("audio").evaluate("sound => sound.preload") == "none"
    part = page.request.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status, part.body()) == (206, b"RIFF")
    assert re.fullmatch(r"bytes 0-3/\d+", part.headers["content-range"])
    assert part.headers["content-type"] == "audio/wav"
    # The browser itself finds its way to the middle.
    length = page.locator("audio").evaluate(
        """sound => new Promise((done, failed) => {
            sound.addEventListener("seeked", () => done(sound.duration));
            sound.addEventListener("loadedmetadata", () => (sound.currentTime = sound.duration / 2));
            sound.addEventListener("error", () => failed(sound.error.message));
            sound.load(); sound.preload = "auto";
        })"""
    )
    assert length > 1


def test_citation_is_copied_with_a_button_and_by_hand(open_page):
    page = open_page("fr", javascript=False)
    page.goto("/fr/resources/")
    page.locator("main article.resource h2 a").first.click()
    address, words = page.url, page.locator("#citation").inner_text()
    assert page.url in words and not page.locator("[data-copy]").is_visible()
    page = open_page("fr")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.locator("[data-copy]").click()
    assert page.evaluate("navigator.clipboard.readText()") == words
    record = page.request.get(page.locator("a[href$='citation.ris']").get_attribute("href")).text()
    assert record.startswith("TY  - ") and record.rstrip().endswith("ER  -")
