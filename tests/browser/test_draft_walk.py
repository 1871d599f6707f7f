"""A post begun on the telephone and found again elsewhere: draft, preview, a photo; with and without script."""

import pytest

from tests.browser.deciding import WAYS, fits, way
from tests.browser.test_cms_walk import wait_until
from tests.files.pictures import picture

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
    second.wait_for_url(lambda address: "#p" in address)
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
    photo = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))}
    page.set_input_files("[name=files]", photo)
    page.click("button[name=preview]")
    page.wait_for_selector("[name=kept]")
    assert page.locator("[name=kept]").is_checked() and fits(page)
    page.click("#reply > .acts .btn >> nth=0")
    page.wait_for_url(lambda address: "#p" in address)
    post = page.locator("article.post", has_text="Une photo")
    assert post.locator("details.picture").count() == 1
    post.locator("summary.file").click()
    wait_until(page, lambda: post.locator("details.picture img").is_visible())
    assert fits(page)
