"""A public space that hides while a visitor reads in it; a copy of a whole space, carried away and read offline."""

import re
import zipfile

import pytest

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser
SETUP = """
from django.utils import timezone
from communities import joining
from communities.founding import found
from forum import moderation
from forum.posting import open_topic, reply
from profiles.joining import enrol
from tests.files.pictures import upload
def person(key, name, language):
    return enrol(f"{{key}}@demo.example", "{password}", name, language=language, approved=True)
keeper, guest = person("keeper", "Gardekin", "ar"), person("guest", "Gastkin", "fr")
def space(name, visibility, **rest):
    made = found({{"fr": {{"name": name, "purpose": f"Ce que fait {{name}}"}}}}, by=None, facilitator=keeper,
                 visibility=visibility, language="fr", **rest)
    joining.join(made, guest)
    return made
public = space("Zorilles du littoral", "public", join_policy="open", indexed=True)
told = open_topic(public, guest, "Zorilles au port", "Les zorilles comptent les bateaux.", "fr")
closed = space("Zibelines de nuit", "closed", join_policy="request")
held = open_topic(closed, guest, "رسالة الليل", "كلمات الليل", "ar", files=[upload(name="Quai.jpg")])
bad = reply(held, guest, "Zorglubhidden", language="fr")
moderation.hide(bad, by=keeper, reason="Zorglubreason")
gone = open_topic(closed, guest, "Zorglubgone", "text", "fr")
moderation.hide(gone.first_post, by=keeper)
print("WORLD", public.slug, told.get_absolute_url(), closed.slug)
"""


@pytest.fixture(scope="module")
def world(server):
    told = server.manage("shell", "-c", SETUP.format(password=PASSWORD))
    public, topic, closed = re.search(r"WORLD (\S+) (\S+) (\S+)", told).groups()
    return {"public": public, "topic": re.sub(r"^/\w\w/", "/fr/", topic), "closed": closed}


@pytest.fixture
def keeper(open_page):
    """Who runs both spaces, signed in, in Arabic, on a phone without JavaScript."""
    page = open_page("ar", javascript=False)
    page.goto("/ar/account/login/")
    page.fill("[name=login]", "keeper@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    return page


def without_tokens(answer, *own):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text())
    for word in own:
        text = text.replace(word, "")
    return text


def test_space_that_hides_is_gone_while_a_visitor_reads_in_it(open_page, signed_in, keeper, world):
    slug, topic = world["public"], world["topic"]
    visitor = open_page("fr")
    where = ["/fr/communities/", "/fr/spaces/", "/fr/search/?q=Zorilles", "/fr/events/"]
    # It can be found, or else its being gone would prove nothing.
    assert visitor.goto(topic).status == 200
    asked = {address: visitor.request.get(address).text() for address in where}
    sitemap = [
        part
        for index in [visitor.request.get("/sitemap.xml").text()]
        for part in ["/sitemap.xml", *re.findall(r"<loc>[^<]*?(/sitemap[^<]+)</loc>", index)]
    ]
    assert sum(slug in text for text in asked.values()) >= 2
    assert any(slug in visitor.request.get(part).text() for part in sitemap)
    stranger = signed_in("stranger", "fr", javascript=False)
    assert stranger.goto(f"/fr/spaces/{slug}/").status == 200

    keeper.goto(f"/ar/spaces/{slug}/settings/")
    keeper.click("main a[href$='/hiding/']")
    assert keeper.locator("html").get_attribute("dir") == "rtl"
    keeper.click("main form button.danger")
    assert slug not in keeper.url
    new = re.search(r"/spaces/([^/]+)/", keeper.url)[1]

    # The page that is open: the next thing pressed in it finds nothing, whichever it is.
    with visitor.expect_navigation() as gone:
        visitor.locator("nav.tabs a").first.click()
    assert gone.value.status == 404 and slug not in visitor.locator("main").inner_text()
    nothing = "x" * len(slug)
    for page in (visitor, stranger):
        for address in (
            f"/fr/spaces/{slug}/",
            f"/fr/communities/{slug}/",
            topic,
            f"/fr/spaces/{slug}/about/",
        ):
            there, unknown = page.request.get(address), page.request.get(address.replace(slug, nothing))
            assert (there.status, unknown.status) == (404, 404)
            assert without_tokens(there, slug) == without_tokens(unknown, nothing)
        assert page.request.get(f"/fr/spaces/{new}/").status == 404
        for address in [*where, *sitemap, "/fr/", "/fr/feed/"]:
            found = page.request.get(address).text()
            assert slug not in found and new not in found and "Zorilles au" not in found, address
    # Whoever is in it goes on at the new address.
    assert keeper.goto(f"/ar/spaces/{new}/forum/").status == 200
    assert "Zorilles au port" in keeper.locator("main").inner_text()


def test_copy_of_a_whole_space_is_read_without_any_network(keeper, browser, world, tmp_path):
    keeper.goto(f"/ar/spaces/{world['closed']}/copy/")
    assert "/reauthenticate/" in keeper.url
    keeper.fill("[name=password]", PASSWORD)
    keeper.click("main form button:not([value])")
    keeper.click("main form .btn")
    with keeper.expect_download() as begun:
        keeper.click("main a.file")
    begun.value.save_as(tmp_path / "copy.zip")
    zipfile.ZipFile(tmp_path / "copy.zip").extractall(tmp_path / "copy")

    context = browser.new_context(offline=True, viewport={"width": 360, "height": 780})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    seen, waiting = {}, [(tmp_path / "copy" / "index.html").as_uri()]
    while waiting:
        address = waiting.pop()
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        seen[address] = page.locator("body").inner_text()
        links = page.locator("a[href]").evaluate_all("all => all.map((a) => a.href.split('#')[0])")
        pictures = page.locator("img").evaluate_all("all => all.map((img) => img.naturalWidth)")
        assert all(pictures), address
        for link in set(links) - set(seen) - set(waiting):
            if link.endswith(".html"):
                waiting.append(link)
    context.close()
    assert all(url.startswith("file://") for url in asked)
    text = "\n".join(seen.values())
    assert "رسالة الليل" in text and "كلمات الليل" in text and "Gastkin" in text
    assert "Zorglub" not in text
    assert "Zorglub" not in "".join(
        path.read_text(errors="replace") for path in (tmp_path / "copy").rglob("*") if path.is_file()
    )
