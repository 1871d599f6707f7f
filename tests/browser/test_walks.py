"""The five walks of a new user, through a real browser on the demo world; all but the CMS also without JavaScript."""

import re

import pytest

from tests.browser.deciding import A_POST

pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])

CLOSED = "detention-provisoire"
PUBLIC = "justice-pour-les-enfants"
NOWHERE = "s-0123456789abcdef"


def status(page, address):
    return page.goto(address).status


def main_text(page):
    return page.locator("main").inner_text()


# 1 ---------------------------------------------------------------------------------------------------------------


@both
def test_visitor_reads_in_their_language_and_switches(open_page, javascript):
    page = open_page("fr-FR", javascript=javascript)
    page.goto("/")
    assert re.search(r"/fr/$", page.url)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1

    page.goto("/fr/news/")
    page.locator("main h2 a, main h3 a, main .title a").first.click()
    assert "/fr/news/" in page.url
    article = page.url
    assert len(main_text(page)) > 300

    links = {
        link.get_attribute("hreflang"): link.get_attribute("href")
        for link in page.locator("a[hreflang]").all()
    }
    assert set(links) == {"en", "fr", "ar", "nl"}
    page.goto(links["ar"])
    assert page.url != article
    assert page.locator("html").get_attribute("dir") == "rtl"
    # The mark stands at the reading side: right in Arabic.
    assert page.locator(".brand-mark").bounding_box()["x"] > 180
    assert (
        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if javascript
        else True
    )


@both
def test_visitor_finds_a_resource_with_its_type_and_size_and_gets_the_file(open_page, server, javascript):
    page = open_page("fr-FR", javascript=javascript)
    page.goto("/fr/resources/")
    page.locator("main .resource .title a").first.click()
    assert re.search(r"PDF|WAV|JPEG", main_text(page))
    assert re.search(r"\d+\s?(Ko|KB|Mo|octets)", main_text(page))
    link = page.locator("main a[download], main a[href*='/documents/']").first.get_attribute("href")
    answer = page.request.get(server.url + link)
    assert answer.status == 200
    assert len(answer.body()) > 500


@both
def test_visitor_reads_what_a_community_is_and_how_to_come_in(open_page, javascript):
    page = open_page("ar", javascript=javascript)
    page.goto("/ar/communities/")
    # Eight spaces, one hidden; other walks found one and hide one more.
    assert page.locator("main .card").count() in (6, 7, 8)
    assert status(page, f"/ar/communities/{CLOSED}/") == 200
    assert "الحبس الاحتياطي" in main_text(page)
    assert page.locator("html").get_attribute("dir") == "rtl"


@both
def test_page_without_translation_shows_its_source_marked_as_such(open_page, server, javascript):
    """One article of the demo world exists in French and Arabic alone."""
    page = open_page("nl", javascript=javascript)
    page.goto("/nl/news/")
    stand_in = page.locator("main a[lang]:not([lang=nl]), main [lang=fr] a").first
    stand_in.click()
    assert "/nl/" in page.url
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("main [lang=fr], main [lang=en], main [lang=ar]").count() >= 1
    assert page.locator("meta[name=robots]").get_attribute("content").startswith("noindex")
    assert "/nl/" not in page.locator("link[rel=canonical]").get_attribute("href")


# 3 ---------------------------------------------------------------------------------------------------------------


def letter_to(server, address):
    return [letter for letter in server.letters() if address in letter]


@both
def test_newcomer_becomes_a_member_who_writes_in_a_closed_space(open_page, signed_in, server, javascript):
    name = "Noor" if javascript else "Sami"
    email = f"{name.lower()}@walk.example"
    page = open_page("fr-FR", javascript=javascript)
    page.goto("/fr/account/signup/")
    page.fill("[name=display_name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password1]", "une longue phrase de passe 7")
    page.check("[name=charter]")
    page.click("main form .btn")
    confirm = re.search(r"http://\S+/fr/account/confirm-email/\S+", letter_to(server, email)[-1]).group(0)
    page.goto(confirm)
    page.click("main form .btn")
    if "/login" in page.url:
        page.fill("[name=login]", email)
        page.fill("[name=password]", "une longue phrase de passe 7")
        page.click("main form .btn >> nth=0")

    # Waiting: a visitor with account pages.
    assert status(page, f"/fr/spaces/{CLOSED}/forum/") == 403
    assert letter_to(server, "staff@demo.example")

    staff = signed_in("staff", "en", javascript=javascript)
    staff.goto("/en/staff/")
    row = staff.locator("article", has_text=email)
    row.locator("form[action*=approval] button").click()
    assert "account" in letter_to(server, email)[-1].lower() or "compte" in letter_to(server, email)[-1]

    page.goto(f"/fr/communities/{CLOSED}/")
    page.goto(f"/fr/spaces/{CLOSED}/join-request/")
    page.fill("[name=answer_0]", "Je visite les personnes détenues chaque semaine.")
    page.click("main form .btn")
    assert status(page, f"/fr/spaces/{CLOSED}/forum/") == 403

    facilitator = signed_in("facilitator", "ar", javascript=javascript)
    facilitator.goto(f"/ar/spaces/{CLOSED}/requests/")
    request = facilitator.locator("article", has_text=name)
    request.locator("form[action*=approval] button").click()
    assert facilitator.locator("article", has_text=name).count() == 0
    letter = letter_to(server, email)[-1]
    assert "/fr/notifications/" in letter
    assert "provisoire" not in letter

    page.goto(f"/fr/spaces/{CLOSED}/forum/")
    if not page.locator("main a", has_text="calendrier mural").count():
        # Other walks have opened topics since.
        page.goto(f"/fr/spaces/{CLOSED}/forum/?page=2")
    page.locator("main a", has_text="calendrier mural").first.click()
    topic = page.url
    page.fill(
        "[name=content]", f"**{name}** : un calendrier par couloir de {name}.\n\n- le lundi\n- le jeudi"
    )
    page.set_input_files(
        "input[type=file]", {"name": "mur.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.click("#reply > .acts .btn")
    page.wait_for_url(A_POST)
    own = page.locator("article.post", has_text=f"un calendrier par couloir de {name}")
    own.wait_for()
    assert own.locator("strong, b").filter(has_text=name).count() >= 1
    assert own.locator("li", has_text="le jeudi").count() == 1
    assert own.locator("img").count() == 1 or own.locator("a[href*='/files/']").count() >= 1

    # Whoever should hear of it: the author of the topic, in the feed and by mail.
    facilitator.goto("/ar/feed/")
    assert "calendrier mural" in main_text(facilitator)
    assert topic


def picture():
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 30), "#095153").save(made, "PNG")
    return made.getvalue()


# 4 ---------------------------------------------------------------------------------------------------------------

BELOW = (
    "",
    "forum/",
    "forum/new/",
    "forum/abcdefgh/",
    "events/",
    "members/",
    "about/",
    "requests/",
    "join-request/",
)


def hidden_slug(signed_in):
    page = signed_in("member", "fr", javascript=False)
    page.goto("/fr/spaces/")
    addresses = [link.get_attribute("href") for link in page.locator("main .card a").all()]
    return next(
        re.search(r"/spaces/(s-[^/]+)/", address).group(1) for address in addresses if "/s-" in address
    )


def masked(body, slug):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body.replace(slug, "SLUG"))


@both
@pytest.mark.parametrize("role", ["stranger", "staff", "root"])
def test_outsider_gets_the_same_404_for_a_hidden_space_as_for_none(signed_in, role, javascript):
    slug = hidden_slug(signed_in)
    page = signed_in(role, "en", javascript=javascript)
    for below in BELOW:
        there = page.goto(f"/en/spaces/{slug}/{below}")
        body = masked(there.text(), slug)
        nowhere = page.goto(f"/en/spaces/{NOWHERE}/{below}")
        assert (there.status, nowhere.status) == (404, 404), below
        assert body == masked(nowhere.text(), NOWHERE), below
    assert status(page, f"/en/communities/{slug}/") == 404


@both
@pytest.mark.parametrize("role", ["stranger", "staff", "root"])
def test_outsider_reads_the_landing_page_of_a_closed_space_and_members_only_below(
    signed_in, role, javascript
):
    page = signed_in(role, "en", javascript=javascript)
    assert status(page, f"/en/communities/{CLOSED}/") == 200
    for below in BELOW[:-1]:
        assert status(page, f"/en/spaces/{CLOSED}/{below}") == 403, below
        assert "members" in main_text(page).lower()


# 5 ---------------------------------------------------------------------------------------------------------------


@both
def test_member_finds_the_topic_and_the_stranger_does_not(signed_in, javascript):
    member = signed_in("member", "fr", javascript=javascript)
    member.goto("/fr/search/?q=calendrier+mural")
    hit = member.locator("main a[href*='/forum/']", has_text=re.compile("calendrier", re.I)).first
    hit.click()
    assert "calendrier mural" in main_text(member)
    stranger = signed_in("stranger", "fr", javascript=javascript)
    stranger.goto("/fr/search/?q=calendrier+mural")
    assert (
        stranger.locator("main a[href*='/forum/']", has_text=re.compile("calendrier mural", re.I)).count()
        == 0
    )


@both
def test_event_gives_the_time_in_the_readers_zone_and_a_calendar_file(open_page, server, javascript):
    page = open_page("fr-FR", javascript=javascript)
    page.goto("/fr/events/")
    page.locator("main .event a").first.click()
    assert page.locator("main time").count() >= 1
    address = page.locator("main a[href$='.ics']").get_attribute("href")
    answer = page.request.get(server.url + address)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VTIMEZONE" in answer.text()
    if javascript:  # the browser said that it stands in Tunis
        page.reload()
        assert re.search("Tunis", main_text(page))
