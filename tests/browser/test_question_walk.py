"""Asking, being answered and marking the answer that helped, as it is done on a phone."""

import pytest

from tests.browser.deciding import WAYS, arrive, fits, space_of, way

pytestmark = pytest.mark.browser
PEOPLE = [("frageq", "Frageq", "fr"), ("antwortq", "Antwortq", "ar"), ("drittq", "Drittq", "ar")]

WORDS = {
    "fr": ("Qui connaît la salle ?", "Où attend-on ici ?", "Au fond, à gauche.", "Question résolue"),
    "ar": ("من يعرف القاعة؟", "أين ننتظر في هذه المحكمة؟", "في آخر الممر على اليسار.", "سؤال محلول"),
}


@pytest.fixture(scope="module")
def slug(server):
    return space_of(server, "Relais des questions", PEOPLE)


@WAYS
def test_a_question_is_asked_answered_and_solved(open_page, slug, language, javascript):
    title, asked, answered, solved = WORDS[language]
    title = f"{title} {way(language, javascript)}"
    forum = f"/{language}/spaces/{slug}/forum/"
    asker = arrive(open_page(language, javascript=javascript), "frageq", language)
    other = arrive(open_page(language, javascript=javascript), "antwortq", language)

    asker.goto(f"{forum}new/?kind=question")
    assert asker.locator("[name=kind][value=question]").is_checked() and fits(asker)
    assert not asker.locator("[name=options]").is_visible()
    asker.fill("[name=subject]", title)
    asker.fill("[name=content]", asked)
    asker.click("main form[enctype] > .acts .btn")
    assert asker.locator("main .post-body").first.get_attribute("lang") == language

    other.goto(f"{forum}?kind=unsolved")
    other.locator("main .list a", has_text=title).click()
    other.fill("#reply [name=content]", answered)
    other.click("#reply > .acts .btn:not(.quiet)")
    assert other.locator("main form[action*='/solution/']").count() == 0

    asker.reload()
    answer = asker.locator("main article.post").nth(1)
    answer.locator(".post-head .menu > summary").click()
    answer.locator("form[action$='/solution/'] button").click()
    assert answered in asker.locator("main .solution").inner_text()
    assert asker.locator("main article.solved").count() == 1 and fits(asker)
    asker.locator("main .solution a").click()
    assert "#p" in asker.url

    other.goto(forum)
    line = other.locator("main .list li", has_text=title)
    assert solved in line.inner_text() and fits(other)
    other.goto(f"{forum}?kind=unsolved")
    assert other.locator("main .list li", has_text=title).count() == 0
    other.goto(f"/{language}/notifications/")
    assert other.locator("main a[href*='/forum/posts/']").count() >= 1

    # Taken back: it is open again.
    answer = asker.locator("main article.solved")
    answer.locator(".post-head .menu > summary").click()
    answer.locator("form[action$='/withdrawal/'] button").click()
    assert asker.locator("main .solution, main article.solved").count() == 0
