"""A photo that says where it was taken comes into a library, on a phone, with scripts and without."""

import re
import shutil
import subprocess

import pytest

from tests.browser.conftest import PASSWORD
from tests.files.pictures import upload

pytestmark = pytest.mark.browser
SETUP = """
from communities import joining
from communities.founding import found
from communities.models import Space
from profiles.joining import enrol
runs = enrol("archive-ar@demo.example", "{password}", "Archivkin", language="ar", approved=True)
brings = enrol("archive-fr@demo.example", "{password}", "Bringkin", language="fr", approved=True)
space = found({{"fr": {{"name": "Archives du quai"}}}}, by=None, facilitator=runs, visibility="closed",
              join_policy="request", language="fr")
joining.join(space, brings)
print("SLUG", space.slug)
"""


@pytest.fixture(scope="module")
def slug(server):
    return re.search(r"SLUG (\S+)", server.manage("shell", "-c", SETUP.format(password=PASSWORD)))[1]


@pytest.fixture
def at_home(open_page):
    def make(language, javascript):
        page = open_page(language, javascript=javascript)
        page.goto(f"/{language}/account/login/")
        page.fill("[name=login]", f"archive-{language}@demo.example")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button:not([value])")
        page.wait_for_url(lambda url: "/account/login" not in url)
        return page

    return make


def photo(name):
    """With a place in it, as exiftool reads it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": upload(name=name).read()}


def tags(content, folder):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not on this machine")
    path = folder / "photo.jpg"
    path.write_bytes(content)
    told = subprocess.run(["exiftool", "-G1", "-s", str(path)], capture_output=True, text=True, check=True)
    return told.stdout


@pytest.mark.parametrize(("language", "javascript"), [("fr", True), ("ar", False)], ids=["js", "no-js"])
def test_place_hidden_in_a_photo_is_in_no_byte_that_is_served(at_home, slug, tmp_path, language, javascript):
    given = photo(f"quai-{language}.jpg")
    assert "GPS" in tags(given["buffer"], tmp_path)
    page = at_home(language, javascript)
    page.goto(f"/{language}/spaces/{slug}/library/")
    page.locator("main a.btn[href*='/new/files/']").click()
    page.set_input_files("[name=uploads]", [given])
    if javascript:
        page.locator(".uploads li", has_text=given["name"]).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("main form[enctype] > .acts .btn").first.click()
    page.wait_for_url(lambda url: url.endswith("/library/"))
    page.locator("main .list a", has_text=f"quai-{language}").click()
    address = page.locator("main a[download]").first.get_attribute("href")
    served = page.request.get(address)
    assert served.status == 200
    found = tags(served.body(), tmp_path)
    assert "JPEG" in found
    assert not [
        line for line in found.splitlines() if re.match(r"\[(GPS|IFD\d|ExifIFD|XMP|IPTC|MakerNotes)", line)
    ]


def test_original_is_evidence_only_after_the_space_allowed_it(at_home, slug, tmp_path):
    runs, brings = at_home("ar", False), at_home("fr", False)
    new = f"/fr/spaces/{slug}/library/new/files/"
    brings.goto(new)
    assert brings.locator("[name=original]").count() == 0
    runs.goto(f"/ar/spaces/{slug}/settings/")
    runs.check("[name=keeps_originals]")
    runs.locator("main form .acts button.btn").last.click()
    brings.goto(new)
    given = photo("preuve.jpg")
    brings.set_input_files("[name=uploads]", [given])
    brings.check("[name=original]")
    brings.locator("main form[enctype] > .acts .btn").first.click()
    brings.wait_for_url(lambda url: url.endswith("/library/"))
    row = brings.locator("main .list li", has_text="preuve")
    assert "original conservé" in row.inner_text()
    row.locator("a").first.click()
    kept = brings.locator("main .list a[download]", has_text="original")
    served = brings.request.get(kept.get_attribute("href"))
    assert served.body() == given["buffer"] and "GPS" in tags(served.body(), tmp_path)
    assert served.headers["content-disposition"].startswith("attachment")
