"""A post begun on the telephone and found again elsewhere: draft, preview, a photo; with and without script."""

import pytest

from tests.browser.deciding import A_POST, WAYS, fits, way
from tests.browser.test_cms_walk import wait_until
from tests.files.pictures import photograph

pytestmark = pytest.mark.browser
SETUP = """
from communities.models import Space
from forum.posting import open_topic
from profiles.models import User
space = Space.objects.filter(visibility="closed", archived_at=None, frozen_at=None).first()
topic = open_topic(space, User.objects.get(email="facilitator@demo.example"), "Brouillons {mark}", "Mots", "fr")
print(topic.get_absolute_url())
"""


def topic_of(server, language, mark):
    address = server.manage("shell", "-c", SETUP.format(mark=mark)).strip().splitlines()[-1]
    return f"/{language}/{address.split('/', 2)[2]}"


@WAYS
def test_draft_is_found_on_a_second_device_and_published_once(signed_in, server, language, javascript):
    url = topic_of(server, language, way(language, javascript))
    words = {"fr": "Commencé au *téléphone*", "ar": "بدأتها على *الهاتف*"}[language]
    first = signed_in("member", language, javascript=javascript)
    first.goto(url)
    first.fill("[name=content]", words)
    if javascript:
        wait_until(first, lambda: first.locator("[data-draft-status]").inner_text() != "")
    else:
        first.click("button[formaction$='draft/']")
        first.wait_for_url(lambda address: address.endswith("#reply"))
    second = signed_in("member", language, width=1280, javascript=not javascript)
    second.goto(f"/{language}/drafts/")
    assert fits(second)
    second.locator("main article a", has_text=f"Brouillons {way(language, javascript)}").click()
    assert second.input_value("[name=content]") == words
    second.click("button[name=preview]")
    assert second.locator("#preview em").count() == 1 and fits(second)
    second.click("#reply > .acts .btn >> nth=0")
    second.wait_for_url(A_POST)
    second.goto(f"/{language}/drafts/")
    assert second.locator("main article a", has_text=f"Brouillons {way(language, javascript)}").count() == 0
    # The telephone still shows the form it began with: sent again, it says so instead of posting twice.
    first.fill("[name=content]", words)
    first.click("#reply > .acts .btn >> nth=0")
    first.wait_for_load_state()
    first.goto(url)
    assert first.locator("article.post .post-body em").count() == 1


@WAYS
def test_photo_is_kept_with_the_draft_and_shown_in_the_post(signed_in, server, language, javascript):
    url = topic_of(server, language, f"photo {way(language, javascript)}")
    page = signed_in("moderator", language, javascript=javascript)
    page.goto(url)
    page.fill("[name=content]", "Une photo")
    photo = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.set_input_files("[name=files]", photo)
    page.click("button[name=preview]")
    page.wait_for_selector("[name=kept]")
    assert page.locator("[name=kept]").is_checked() and fits(page)
    page.click("#reply > .acts .btn >> nth=0")
    page.wait_for_url(A_POST)
    post = page.locator("article.post", has_text="Une photo")
    shown = post.locator("p.picture img")
    shown.scroll_into_view_if_needed()
    wait_until(page, lambda: shown.evaluate("img => img.naturalWidth") == 480)
    assert fits(page)
    post.locator("p.picture a").click()  # opened large
    page.wait_for_url(lambda address: "/files/" in address)


SPACE = """
from communities.models import Space
print(Space.objects.filter(visibility="closed", archived_at=None, frozen_at=None).first().slug)
"""


def keep(page, javascript):
    if javascript:
        wait_until(page, lambda: page.locator("[data-draft-status]").inner_text() != "")
    else:
        page.click("button[formaction$='draft/']")
        page.wait_for_load_state()


@WAYS
def test_decision_begun_on_the_telephone_is_found_whole_and_its_preview_is_what_is_published(
    signed_in, server, language, javascript
):
    slug = server.manage("shell", "-c", SPACE).strip().splitlines()[-1]
    url, title = f"/{language}/spaces/{slug}/forum/new/", f"Décision commencée {language}"
    first = signed_in("facilitator", language, javascript=javascript)
    first.goto(url)
    first.check("[name=kind][value=decision]")
    typed = {
        "subject": title,
        "content": "Trois *lieux*",
        "options": "Tunis\nBeyrouth\nEn ligne",
        "most": "2",
    }
    typed["closes_at"] = "2026-12-20T18:00"
    for name, value in typed.items():
        first.fill(f"[name={name}]", value)
    first.check("[name=results_at_end]")
    first.locator("details.more-fields > summary").click()
    first.locator("label:has([name=themes])").nth(0).click()
    first.locator("label:has([name=themes])").nth(2).click()
    first.select_option("[name=language]", "fr")
    themes = [first.locator("[name=themes]").nth(number).get_attribute("value") for number in (0, 2)]
    keep(first, javascript)

    second = signed_in("facilitator", language, width=1280, javascript=not javascript)
    second.goto(f"/{language}/drafts/")
    second.locator("main article a", has_text=title).click()
    second.wait_for_url(lambda address: address.endswith("/new/"))
    assert {name: second.input_value(f"[name={name}]") for name in typed} == typed
    assert second.is_checked("[name=kind][value=decision]") and second.is_checked("[name=results_at_end]")
    ticked = second.locator("[name=themes]:checked")
    assert [ticked.nth(number).get_attribute("value") for number in range(ticked.count())] == themes
    assert ticked.first.is_visible() and second.input_value("[name=language]") == "fr"
    second.set_input_files(
        "[name=files]", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    second.click("button[name=preview]")
    second.wait_for_selector("#preview")
    assert fits(second)
    seen = [*(text for text in second.locator("#preview .facts .badge").all_inner_texts()), title, "Beyrouth"]
    preview = second.locator("#preview")
    assert (
        len(seen) == 5 and preview.locator("em").count() == 1 and preview.locator(".poll input").count() == 3
    )
    box = preview.locator("p.picture img").bounding_box()  # its place is kept before it has come
    assert abs(box["width"] - 4 / 3 * box["height"]) < 2
    second.locator("main form[enctype] > .acts .btn").first.click()
    second.wait_for_url(lambda address: "/new/" not in address)
    page = second.inner_text("main")
    assert [what for what in seen if what not in page] == []
    assert second.locator("article.post p.picture img").count() == 1
    first.goto(f"/{language}/drafts/")
    assert first.locator("main article a", has_text=title).count() == 0 and fits(first)


def test_what_is_typed_without_a_line_reaches_the_server_when_it_is_back(signed_in, server):
    url = topic_of(server, "fr", "sans ligne")
    page = signed_in("member", "fr")
    page.goto(url)
    page.focus("[name=content]")
    page.wait_for_timeout(500)  # the module comes with the first focus
    page.context.set_offline(True)
    page.fill("[name=content]", "Écrit dans le tunnel")
    status = page.locator("[data-draft-status]")
    wait_until(page, lambda: status.inner_text() == status.get_attribute("data-failed"))
    page.context.set_offline(False)
    wait_until(page, lambda: status.inner_text() == status.get_attribute("data-kept"))
    other = signed_in("member", "fr", javascript=False)
    other.goto(url)
    assert other.input_value("[name=content]") == "Écrit dans le tunnel"

    # Both write: the one without a line, then with one again, is told, and sees both.
    page.context.set_offline(True)
    page.fill("[name=content]", "Écrit dans le tunnel, puis sous terre")
    wait_until(page, lambda: status.inner_text() == status.get_attribute("data-failed"))
    other.fill("[name=content]", "Écrit au bureau")
    keep(other, javascript=False)
    page.context.set_offline(False)
    wait_until(page, lambda: status.inner_text() == status.get_attribute("data-conflict"))
    # Loaded anew in the same tab, nothing of it is lost either.
    page.goto(url)
    wait_until(page, lambda: page.input_value("[name=content]") == "Écrit dans le tunnel, puis sous terre")
    page.click("button[formaction$='draft/']")
    page.wait_for_selector("#other")
    assert page.input_value("#other") == "Écrit au bureau"
    assert page.input_value("[name=content]") == "Écrit dans le tunnel, puis sous terre" and fits(page)
