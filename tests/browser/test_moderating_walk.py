"""What those who look after a space do on a phone: a reported post hidden and shown again; answers split off, merged
into another topic, and that topic moved, with the old links still right for whoever may follow them."""

import pytest

from tests.browser.deciding import A_POST, WAYS, arrive, fits, spaces_of, way
from tests.browser.test_cms_walk import press

pytestmark = pytest.mark.browser
PEOPLE = [
    ("hueterm", "Hueterm", "fr"),
    ("schreibm", "Schreibm", "ar"),
    ("leserm", "Leserm", "fr"),
    ("beidem", "Beidem", "ar"),
]
HERE, THERE = "Relais des paroles", "Relais d’à côté"
INSIDE = {HERE: ["schreibm", "leserm", "beidem"], THERE: ["beidem"]}
WORDS = {
    "fr": ("Le greffe du tribunal", "Mots que personne ne doit lire", "Injures", "Bruit", "Salle d’audience"),
    "ar": ("كتابة ضبط المحكمة", "كلمات لا ينبغي لأحد قراءتها", "إهانات", "ضجيج", "قاعة الجلسة"),
}
GONE = 404


@pytest.fixture(scope="module")
def slugs(server):
    return spaces_of(server, INSIDE, PEOPLE)


@pytest.fixture
def people(open_page, language, javascript):
    """`people("leserm")`: their page, in the language and way of this walk."""

    def arrived(key):
        return arrive(open_page(language, javascript=javascript), key, language)

    return arrived


def opened(page, forum, subject, content):
    page.goto(f"{forum}new/")
    page.fill("[name=subject]", subject)
    page.fill("[name=content]", content)
    page.click("main form[enctype] > .acts .btn")
    page.wait_for_url(lambda url: "/new/" not in url)
    return page.url


def answered(page, url, words):
    """The permanent address of the answer."""
    page.goto(url)
    page.fill("#reply [name=content]", words)
    page.click("#reply > .acts .btn:not(.quiet)")
    page.wait_for_url(A_POST)
    post = page.locator("article.post", has_text=words)
    return post.locator("a[href*='/forum/posts/']").first.get_attribute("href")


def deed(page, name):
    """One of the topic's deeds, behind "More"."""
    page.locator("main > * .acts details > summary").last.click()
    press(page.locator(f"main .acts a[href$='/{name}/']"))
    assert fits(page)


def send(page):
    press(page.locator("main form.form .acts button").last)


@WAYS
def test_reported_post_is_hidden_with_a_reason_and_shown_again(slugs, people, language, javascript):
    subject, bad, why, *_rest = WORDS[language]
    bad = f"{bad} {way(language, javascript)}"
    forum = f"/{language}/spaces/{slugs[0]}/forum/"
    author, member, moderator = people("schreibm"), people("leserm"), people("hueterm")
    url = opened(author, forum, subject, "…")
    link = answered(author, url, bad)

    member.goto(link)
    post = member.locator("article.post", has_text=bad)
    post.locator(".post-head .menu > summary").click()
    assert fits(member)
    press(post.locator("a[href$='/reports/new/']"))
    member.locator("main [name=reason]").first.check()
    assert fits(member)
    send(member)
    assert member.locator(".message").count() == 1 and fits(member)

    moderator.goto(f"{forum}cases/")
    case = moderator.locator("main article", has_text=bad)
    assert case.locator(".state").count() == 1 and fits(moderator)
    press(case.locator("a[href$='/hiding/']"))
    moderator.fill("[name=reason]", why)
    assert fits(moderator)
    send(moderator)
    assert moderator.locator("main article", has_text=bad).count() == 0

    member.goto(url)
    assert bad not in member.locator("main").inner_text()
    assert member.goto(link).status == GONE
    author.goto(f"/{language}/notifications/")
    assert bad not in author.locator("main").inner_text()

    moderator.goto(f"{forum}cases/?pile=hidden")
    case = moderator.locator("main article", has_text=bad)
    assert why in case.inner_text() and fits(moderator)
    press(case.locator("form[action$='/restoration/'] button"))
    assert moderator.locator(".message").count() == 1
    member.goto(link)
    assert member.locator("article.post", has_text=bad).count() == 1


@WAYS
def test_split_merged_and_moved_the_old_link_is_right_for_who_may_read(slugs, people, language, javascript):
    subject, _bad, why, split_off, taken_up = (
        f"{words} {way(language, javascript)}" for words in WORDS[language]
    )
    here, there = (f"/{language}/spaces/{slug}/forum/" for slug in slugs)
    moderator, reader, outsider = people("hueterm"), people("beidem"), people("leserm")
    other_url = opened(moderator, here, taken_up, "…")
    url = opened(moderator, here, subject, "…")
    # Not all from one person: how much somebody posts in a minute is limited.
    stays = answered(reader, url, f"{why} 1")
    goes = answered(reader, url, f"{why} 2")

    moderator.goto(url)
    deed(moderator, "split")
    moderator.locator("label.opt", has_text=f"{why} 2").locator("[name=chosen]").check()
    moderator.fill("[name=subject]", split_off)
    send(moderator)
    moderator.wait_for_url(lambda address: "/split/" not in address)
    middle = moderator.url
    assert moderator.locator("article.post").count() == 1 and fits(moderator)

    deed(moderator, "merger")
    moderator.fill("[name=q]", taken_up)
    press(moderator.locator("main form.form .acts button").first)
    moderator.locator("label.opt", has_text=taken_up).locator("[name=into]").first.check()
    send(moderator)
    assert taken_up in moderator.locator("main form").inner_text() and fits(moderator)
    send(moderator)
    moderator.wait_for_url(other_url.partition("#")[0])
    assert moderator.locator("article.post").count() == 2

    deed(moderator, "relocation")
    moderator.check(f"[name=to][value='{slugs[1]}']")
    send(moderator)
    assert THERE in moderator.locator("main form").inner_text() and fits(moderator)
    moderator.fill("[name=reason]", why)
    send(moderator)
    moderator.wait_for_url(lambda address: f"/{slugs[1]}/" in address)
    new_place = moderator.url.partition("?")[0]
    assert fits(moderator)

    # Whoever reads both spaces is led to where it stands now, from each of the three old addresses.
    for old in (other_url, middle, goes):
        assert reader.goto(old).status == 200
        assert reader.url.partition("#")[0].partition("?")[0] == new_place
        assert reader.locator("article.post", has_text=f"{why} 2").count() == 1 and fits(reader)
    assert reader.url.endswith(f"#p{goes.rstrip('/').rpartition('/')[2]}")
    # Whoever reads the first space alone: as if it had never been; what stayed is where it was.
    for old in (other_url, middle, goes, new_place):
        never = old.partition("#")[0].rstrip("/")[:-6] + "xxxxxx/"
        told = [
            (outsider.goto(address).status, outsider.locator("main").inner_text()) for address in (old, never)
        ]
        assert told[0] == told[1] and told[0][0] == GONE
        assert fits(outsider)
    assert outsider.goto(stays).status == 200
    assert outsider.locator("article.post").count() == 2
    outsider.goto(here)
    listed = outsider.locator("main .list").inner_text()
    assert subject in listed and split_off not in listed
    reader.goto(there)
    assert taken_up in reader.locator("main .list").inner_text() and fits(reader)
