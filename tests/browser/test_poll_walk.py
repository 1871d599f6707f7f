"""A decision: what is voted on is written, voted on, changed, taken back, counted, as it is done on a phone."""

import pytest

from tests.browser.deciding import WAYS, arrive, fits, space_of

pytestmark = pytest.mark.browser
PEOPLE = [("wahlp", "Wahlp", "fr"), ("stimmep", "Stimmep", "ar"), ("zettelp", "Zettelp", "fr")]

DAYS = {"fr": ["Lundi", "Mardi"], "ar": ["الاثنين", "الثلاثاء"]}


@pytest.fixture(scope="module")
def slug(server):
    return space_of(server, "Relais des votes", PEOPLE)


@WAYS
def test_a_decision_is_opened_voted_on_and_closed(open_page, slug, language, javascript):
    options = DAYS[language]
    pages = [arrive(open_page(language, javascript=javascript), key, language) for key, *_rest in PEOPLE]
    author, second, third = pages

    author.goto(f"/{language}/spaces/{slug}/forum/new/")
    author.check("[name=kind][value=decision]")
    assert author.locator("[name=options]").is_visible() and fits(author)
    author.fill("[name=subject]", options[0])
    author.fill("[name=content]", options[1])
    author.fill("[name=options]", options[0])
    author.click("main form[enctype] > .acts .btn")
    # One option is none: what was typed is still there.
    assert author.locator(".error").count() >= 1
    assert author.locator("[name=content]").input_value() == options[1]
    author.fill("[name=options]", "\n".join(options))
    author.click("main form[enctype] > .acts .btn")
    address = author.url

    def vote(page, number):
        page.goto(address)
        page.locator("main .poll [name=choice]").nth(number).check()
        page.click("main .poll form[action$='/ballot/'] .btn")
        assert fits(page)

    second.goto(address)
    second.click("main .poll form[action$='/ballot/'] .btn")
    assert second.locator(".message.brick").count() == 1
    vote(second, 0)
    vote(author, 0)
    assert author.locator("main .poll meter").count() == 0
    vote(second, 1)
    assert second.locator("main .poll [name=choice]").nth(1).is_checked()
    second.click("main .poll button[formaction$='/ballot/withdrawal/']")
    assert second.locator("main .poll [name=choice]:checked").count() == 0 and fits(second)
    assert second.locator("main .poll button[formaction]").count() == 0
    vote(second, 1)
    vote(third, 0)
    bars = third.locator("main .poll meter")
    assert [bar.get_attribute("value") for bar in bars.all()] == ["2", "1"]
    shown = third.locator("main .poll").inner_text()
    assert not any(name in shown for _key, name, _language in PEOPLE)

    author.goto(address)
    author.click("main .poll form[action$='/poll/closure/'] button")
    assert author.locator("main .poll [name=choice]").count() == 0
    assert [bar.get_attribute("value") for bar in author.locator("main .poll meter").all()] == ["2", "1"]
    assert fits(author)
