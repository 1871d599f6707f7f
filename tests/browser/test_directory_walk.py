"""In Arabic, on a phone, without JavaScript: found in the directory, asked, answered, and blocked."""

import re

import pytest

pytestmark = pytest.mark.browser
SEND = "main form .acts button.btn"


def test_found_asked_answered_and_blocked(signed_in):
    asker = signed_in("stranger", "ar", javascript=False)
    asker.goto("/ar/people/")
    listed = asker.locator("main .list .title a").count()
    asker.click("details.facets > summary")
    asker.click("details.facets a[href*='theme=pre-trial-detention']")
    asker.click("details.facets > summary")
    asker.click("details.facets a[href*='language=fr']")
    assert re.search(r"theme=pre-trial-detention&language=fr", asker.url)
    assert 0 < asker.locator("main .list .title a").count() < listed
    assert asker.locator(".chips.found .chip[aria-current]").count() == 2
    # One is taken away again, and chosen once more by going back.
    asker.click(".chips.found .chip >> nth=0")
    assert "theme=" not in asker.url
    asker.go_back()
    found = asker.locator("main .list .title a", has_text="Leïla")
    address = found.get_attribute("href")
    found.click()
    asker.wait_for_url(re.compile(re.escape(address)))

    asker.click("main a[href$='/contact/']")
    asker.fill("[name=text]", "مرحبًا، هل لديك وقت للحديث عن الحراسة النظرية؟")
    asker.click(SEND)
    asker.wait_for_url(re.compile("/ar/account/requests/$"))

    asked = signed_in("member", "ar", javascript=False)
    asked.goto("/ar/notifications/")
    told = asked.locator("main .list a[href*='/account/requests/']").first
    assert "Daniel" not in told.inner_text()
    told.click()
    assert "الحراسة النظرية" in asked.locator("main .post-body").inner_text()
    asked.fill("[name=text]", "أهلًا، يوم الخميس بعد الظهر.")
    asked.click(SEND)
    asker.goto("/ar/account/requests/")
    asker.click("main .list .title a >> nth=0")
    assert "يوم الخميس" in asker.locator("main").inner_text()

    asked.click("main a[href$='/block/']")
    asked.click(SEND)
    asked.wait_for_url(re.compile("/ar/account/blocked/$"))
    assert "Daniel" in asked.locator("main .list").inner_text()
    # What she shows everyone, and no way to her: as of somebody who does not want to be asked.
    asker.goto(address)
    assert asker.locator("main a[href$='/contact/']").count() == 0
    assert asker.goto(f"{address}contact/").status == 404
    asker.goto("/ar/people/?q=leila")
    assert asker.locator("main .list").count() == 0
    # For those who walk after us.
    asked.click("main .list form button")
    assert asker.goto(f"{address}contact/").status == 200
