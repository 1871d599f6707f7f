"""Coming into a space, being led out of it and handing it over, as it is done on a phone."""

import re

import pytest

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser
CLOSED = "detention-provisoire"
# A hidden space of its own: the walks of others count on who is in theirs.
SETUP = """
from communities import joining
from communities.founding import found
from communities.roles import Role
from profiles.joining import enrol
def person(key, name, language):
    return enrol(f"{{key}}@demo.example", "{password}", name, language=language, approved=True)
first, second, asker, refused = (
    person(*each)
    for each in [
        ("erste", "Erstekin", "ar"), ("zweite", "Zweitekin", "fr"),
        ("asker", "Askerkin", "ar"), ("refused", "Refusedkin", "fr"),
    ]
)
space = found({{"fr": {{"name": "Relais de nuit"}}}}, by=None, facilitator=first, visibility="hidden", language="fr")
joining.join(space, second)
print("SLUG", space.slug)
"""


@pytest.fixture(scope="module")
def slug(server):
    told = server.manage("shell", "-c", SETUP.format(password=PASSWORD))
    return re.search(r"SLUG (\S+)", told)[1]


@pytest.fixture
def at_home(open_page):
    """`at_home("erste", "ar")`: a page of somebody made above, signed in, on a phone."""

    def make(key, language, *, javascript=False):
        page = open_page(language, javascript=javascript)
        page.goto(f"/{language}/account/login/")
        page.fill("[name=login]", f"{key}@demo.example")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button:not([value])")
        return page

    return make


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_is_invited_and_reported_line_by_line(at_home, server, slug):
    page = at_home("erste", "ar", javascript=True)
    page.goto(f"/ar/spaces/{slug}/members/")
    page.click(f"main a[href$='/{slug}/invitations/']")
    page.fill("[name=addresses]", "eine@walk.example\nzweite@demo.example\nniemand\n=1+1@walk.example")
    table = "Nom;Courriel\nZoé;zoe@walk.example\n".encode("cp1252")
    page.set_input_files("[name=file]", {"name": "liste.csv", "mimeType": "text/csv", "buffer": table})
    page.click("main form[enctype] .btn")
    rows = page.locator("main .list li")
    assert rows.count() == 5 and fits(page)
    assert [row.locator(".new").count() for row in rows.all()] == [0, 1, 1, 1, 0]
    letters = [each for each in server.letters() if "walk.example" in each]
    assert sum("eine@walk.example" in each or "zoe@walk.example" in each for each in letters) == 2
    page.goto(f"/ar/spaces/{slug}/invitations/")
    assert page.locator("main .list li", has_text="eine@walk.example").count() == 1 and fits(page)


def ask(page, language, words):
    page.goto(f"/{language}/spaces/{CLOSED}/join-request/")
    for area in page.locator("main textarea").all():
        area.fill(words)
    page.click("main form .btn")


def test_a_request_is_refused_with_a_reason_that_is_read(at_home, signed_in, slug):
    page = at_home("refused", "fr")
    ask(page, "fr", "Je voudrais lire avec vous.")
    assert "Je voudrais lire avec vous." in page.locator("main").inner_text()
    desk = signed_in("facilitator", "fr", javascript=False)
    desk.goto(f"/fr/spaces/{CLOSED}/requests/")
    row = desk.locator("article", has_text="Refusedkin")
    row.locator("summary").click()
    row.locator("[name=reason]").fill("L’espace est complet jusqu’en mars.")
    row.locator(".btn.danger").click()
    assert desk.locator("article", has_text="Refusedkin").count() == 0
    page.goto("/fr/notifications/")
    page.locator("main .list a[href$='/join-request/']").click()
    assert "L’espace est complet jusqu’en mars." in page.locator("main").inner_text()
    assert page.goto(f"/fr/spaces/{CLOSED}/forum/").status == 403


def test_admission_in_arabic_on_a_phone_without_javascript(at_home, signed_in, slug):
    page = at_home("asker", "ar")
    ask(page, "ar", "أتابع ملفات الموقوفين.")
    desk = signed_in("facilitator", "ar", javascript=False)
    desk.goto(f"/ar/spaces/{CLOSED}/requests/")
    row = desk.locator("article", has_text="Askerkin")
    assert row.locator(".post-body[lang=ar]").inner_text() == "أتابع ملفات الموقوفين."
    row.locator("form[action*=approval] .btn").click()
    assert page.goto(f"/ar/spaces/{CLOSED}/forum/").status == 200
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_removal_holds_for_a_window_that_is_open_and_handing_over_is_one_act(at_home, slug):
    second, first = at_home("zweite", "fr"), at_home("erste", "ar")
    assert second.goto(f"/fr/spaces/{slug}/forum/").status == 200
    # One who is still in: made facilitator, the first steps back.
    first.goto(f"/ar/spaces/{slug}/handover/")
    first.locator("main [type=radio]").first.check()
    first.click("main form .btn")
    assert first.goto(f"/ar/spaces/{slug}/handover/").status == 403
    # The other one now: removes whoever handed over, whose window is open.
    assert first.goto(f"/ar/spaces/{slug}/forum/").status == 200
    second.goto(f"/fr/spaces/{slug}/members/")
    second.locator("main .list li", has_text="Erstekin").locator(".end a").click()
    second.locator("summary", has_text="Retirer").click()
    second.locator("form[action*=removal] [name=reason]").fill("Il change de métier.")
    second.locator("form[action*=removal] .btn").click()
    first.locator("nav.tabs a").nth(1).click()
    assert slug not in first.locator("main").inner_text()
    assert first.locator("nav.tabs").count() == 0
    first.goto("/ar/notifications/")
    assert "Il change de métier." in first.locator("main").inner_text()
