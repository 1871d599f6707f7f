"""The small scripts: each a comfort, none a need."""

import io
import re

import pytest
from playwright.sync_api import expect

FORUM = "/en/spaces/detention-provisoire/forum/new/"


def menu_of(page):
    return page.locator("details.menu.menu-main")


def test_menu_closes_on_escape_and_gives_the_focus_back(open_page):
    page = open_page()
    page.goto("/en/")
    page.locator("details.menu-main > summary").click()
    page.locator("details.menu-main a").first.focus()
    page.keyboard.press("Escape")
    expect(menu_of(page)).not_to_have_attribute("open", re.compile(".*"))
    expect(page.locator("details.menu-main > summary")).to_be_focused()


def test_menu_closes_when_something_else_is_pressed(open_page):
    page = open_page()
    page.goto("/en/")
    page.locator("details.menu-main > summary").click()
    page.locator(".foot p").first.click()
    expect(menu_of(page)).not_to_have_attribute("open", re.compile(".*"))


def test_time_zone_is_told_once(open_page):
    page = open_page()
    page.goto("/en/")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert cookies["tz"] == "Africa/Tunis"
    assert set(cookies) == {"tz"}


def test_form_pressed_twice_is_sent_once(signed_in):
    page = signed_in("member")
    sent = []
    page.goto("/en/search/")
    page.route("**/account/logout/", lambda route: (sent.append(1), route.abort()))
    page.evaluate(
        """() => {
            const form = document.querySelector("form[action$='/account/logout/']");
            form.requestSubmit(); form.requestSubmit();
        }"""
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1


@pytest.fixture
def form_page(signed_in):
    page = signed_in("member")
    page.goto(FORUM)
    return page


WRITTEN = [
    ("a word here", (2, 6), "bold", "a **word** here"),
    ("a word here", (2, 7), "italic", "a _word_ here"),
    ("a **word** here", (4, 8), "bold", "a word here"),
    ("one\ntwo", (0, 7), "list", "- one\n- two"),
    ("- one\n- two", (0, 11), "list", "one\ntwo"),
    ("before\nقال القاضي", (7, 17), "quote", "before\n\n> قال القاضي"),
    ("see this", (4, 8), "link", "see [this](https://)"),
    ("https://a.example", (0, 17), "link", "[](https://a.example)"),
]


def test_toolbar_writes_plain_markdown(form_page):
    area = form_page.locator("textarea[name=content]")
    for text, selected, mark, expected in WRITTEN:
        area.fill(text)
        area.evaluate("(area, [from, to]) => area.setSelectionRange(from, to)", list(selected))
        form_page.locator(f"[data-mark={mark}]").click()
        assert area.input_value() == expected


def test_toolbar_can_be_undone(form_page):
    area = form_page.locator("textarea[name=content]")
    area.press_sequentially("word")
    area.press("ControlOrMeta+a")
    form_page.locator("[data-mark=bold]").click()
    assert area.input_value() == "**word**"
    area.press("ControlOrMeta+z")
    assert area.input_value() == "word"


def test_without_scripts_no_toolbar_is_shown_and_the_form_is_whole(signed_in):
    page = signed_in("member", javascript=False)
    page.goto(FORUM)
    expect(page.locator("[data-toolbar]")).to_be_hidden()
    expect(page.locator("textarea[name=content]")).to_be_visible()


def picture(name, side, mime="image/jpeg"):
    from PIL import Image

    out = io.BytesIO()
    # Noise, as a photo has it: one colour would be small at any size.
    Image.effect_noise((side, side // 2), 90).convert("RGB").save(out, mime.partition("/")[2])
    return {"name": name, "mimeType": mime, "buffer": out.getvalue()}


def drop(page, name, text):
    page.evaluate(
        """([name, text]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], name, {type: name.endsWith(".png") ? "image/png" : "text/x-made"}));
            document.querySelector("form [data-uploads-of]").dispatchEvent(
                new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        [name, text],
    )


def chosen(page):
    return page.locator(".uploads li bdi").all_inner_texts()


def choose(page, *files):
    """The module comes with the first choice: until it lists what was chosen, a press sends the plain form."""
    page.locator("[name=files]").set_input_files(files)
    page.locator(".uploads li", has_text=files[-1]["name"]).wait_for()


def test_files_are_listed_as_they_come_and_taken_out_again(form_page):
    field = form_page.locator("[name=files]")
    choose(form_page, picture("one.jpg", 40), picture("two.jpg", 40))
    # Chosen again, they add to what is there; the same one twice is one.
    choose(form_page, picture("three.jpg", 40))
    expect(form_page.locator(".uploads li")).to_have_count(3)
    drop(form_page, "four.png", "dropped")
    drop(form_page, "evil.exe", "not taken")
    assert chosen(form_page) == ["one.jpg", "two.jpg", "three.jpg", "four.png"]
    assert "evil.exe" in form_page.locator(".uploads [role=status]").inner_text()
    form_page.locator(".uploads li", has_text="two.jpg").get_by_role("button").press("Enter")
    assert chosen(form_page) == ["one.jpg", "three.jpg", "four.png"]
    # The input holds what the list says: a browser that sends the form by itself sends the same.
    names = field.evaluate("(field) => [...field.files].map((file) => file.name)")
    assert names == chosen(form_page)
    expect(field).to_be_focused()


def files_in(body):
    """What the form would bring: (name, bytes) of each file."""
    return [
        (
            part.partition(b'filename="')[2].partition(b'"')[0].decode(),
            len(part.partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]),
        )
        for part in body.split(b"Content-Disposition: form-data;")
        if b"filename=" in part
    ]


@pytest.mark.parametrize("original", [False, True])
def test_large_photos_are_made_smaller_unless_the_original_is_wanted(form_page, original):
    bodies = []
    form_page.route(
        "**/forum/new/", lambda route: (bodies.append(route.request.post_data_buffer), route.abort())
    )
    large, small = picture("large.jpg", 2400), picture("small.jpg", 400)
    choose(form_page, large, small)
    if original:
        form_page.locator("[data-original]").check()
    form_page.locator("main form[enctype] > .acts .btn").first.click()
    expect(form_page.locator(".uploads [data-again]")).to_be_visible()
    (name, size), other = files_in(bodies[0])
    assert (name, size == len(large["buffer"])) == ("large.jpg", original)
    assert size <= len(large["buffer"]) and other == ("small.jpg", len(small["buffer"]))


def test_what_was_cut_off_is_sent_again_with_its_words_and_files(form_page):
    form_page.fill("[name=subject]", "Une photo du panneau")
    form_page.fill("[name=content]", "Regardez l’heure.")
    choose(form_page, picture("panel.jpg", 300))
    form_page.route("**/forum/new/", lambda route: route.abort())
    publish = form_page.locator("main form[enctype] > .acts .btn").first
    publish.click()
    said = form_page.locator(".uploads [role=status]")
    expect(said).to_have_text("This could not be sent. Your words and your files are still here.")
    expect(publish).not_to_have_attribute("aria-disabled", re.compile(".*"))
    form_page.unroute("**/forum/new/")
    # An answer with errors keeps the very fields: words, files, formatting.
    form_page.fill("[name=subject]", "")
    form_page.locator("[data-again]").click()
    expect(form_page.locator("main [role=alert]")).to_be_visible()
    assert form_page.locator("[name=content]").input_value() == "Regardez l’heure."
    # The file has arrived and waits there: the new form says so, and does not send it twice.
    assert chosen(form_page) == [] and form_page.locator("[name=kept]").is_checked()
    expect(form_page.locator("[name=subject]")).to_have_attribute("aria-invalid", "true")
    form_page.locator("[data-mark=bold]").click()
    assert "**" in form_page.locator("[name=content]").input_value()
    form_page.fill("[name=subject]", "Une photo du panneau")
    publish.click()
    form_page.wait_for_url(lambda url: not url.endswith("/new/"))
    assert form_page.locator(".post img").count() == 1


def test_sending_can_be_stopped(form_page):
    form_page.route("**/forum/new/", lambda route: None)
    choose(form_page, picture("panel.jpg", 300))
    # Playwright would wait for an answer that never comes.
    form_page.locator("main form[enctype] > .acts .btn").first.click(no_wait_after=True)
    expect(form_page.locator(".uploads progress")).to_be_visible()
    form_page.locator("[data-stop]").click()
    expect(form_page.locator(".uploads progress")).to_be_hidden()
    assert chosen(form_page) == ["panel.jpg"]


def test_what_is_kept_as_a_draft_with_its_files_is_not_published(form_page):
    form_page.fill("[name=subject]", "Pas encore")
    form_page.fill("[name=content]", "Rien de public.")
    choose(form_page, picture("panel.jpg", 300))
    form_page.click("main form[enctype] > .acts button[formaction$='draft/']")
    expect(form_page.locator("[name=kept]")).to_be_checked()
    assert form_page.locator("[name=content]").input_value() == "Rien de public."
    form_page.goto(FORUM.removesuffix("new/"))
    assert form_page.locator("main .list", has_text="Pas encore").count() == 0
    form_page.goto(FORUM)
    form_page.click("main form[enctype] > .acts .btn")
    form_page.wait_for_url(lambda url: "/new/" not in url)
    assert form_page.locator(".post img").count() == 1


def test_without_scripts_the_file_input_stands_alone(signed_in):
    page = signed_in("member", "ar", javascript=False)
    page.goto(FORUM.replace("/en/", "/ar/"))
    expect(page.locator(".uploads")).to_be_hidden()
    expect(page.locator("[name=files]")).to_be_visible()
