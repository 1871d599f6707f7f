"""An editor writes news with a picture and a file, schedules it, and finds it in the Atom feed after its hour.

Also: the previews at both widths and in another language, the checker, site and menus, two editors on one page.
"""

import contextlib
import re
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Error

from tests.browser.test_cms_walk import cms_page_of, press, publish, wait_until

pytestmark = pytest.mark.browser


def frame_of(page):
    return next((frame for frame in page.frames if "/preview/" in frame.url), None)


def panel(page, name):
    page.locator(f"[data-side-panel-toggle={name}]").first.click()


def choose(page, block, chooser):
    """The newest of what there is."""
    button = block.locator(f"[data-chooser-action-choose]:visible >> nth={chooser}")
    rows = page.locator(".modal [data-chooser-modal-choice]")
    for _attempt in range(3):
        # A new block is there a moment before its script listens.
        if not page.locator(".modal").count():
            button.click()
        with contextlib.suppress(Error):
            rows.first.wait_for(timeout=20000)
            break
    rows.first.click()
    page.locator(".modal").wait_for(state="detached")


def body_of(server, path):
    with urllib.request.urlopen(f"{server.url}{path}", timeout=20) as answer:
        return answer.read().decode()


def test_news_with_picture_and_file_is_scheduled_and_reaches_the_feed(signed_in, open_page, server):
    editor = signed_in("editor", "fr", width=1280)
    index = cms_page_of(editor, "/fr/news/")
    editor.goto(f"/cms/pages/add/news/newspage/{index}/")
    editor.fill("#id_title", "Une heure dite")
    editor.fill("#id_intro", "Paraît toute seule.")
    picture = add_block_by_icon(editor, "image", 0)
    choose(editor, picture, 0)
    picture.locator("input[name$='-alt']").fill("Un motif tissé")
    file = add_block_by_icon(editor, "doc-full", 0)
    choose(editor, file, 0)
    file.locator("input[name$='-title']").fill("Le dossier")
    save_draft(editor)
    number = re.search(r"/pages/(\d+)/", editor.url).group(1)
    visitor = open_page("fr")
    assert visitor.goto("/fr/news/une-heure-dite/").status == 404

    schedule(editor, server, number)
    assert "Une heure dite" not in body_of(server, "/fr/news/atom/")
    server.manage("tick")
    assert visitor.goto("/fr/news/une-heure-dite/").status == 200
    main = visitor.locator("main")
    assert main.locator("img[alt='Un motif tissé']").count() == 1
    assert main.locator(".file span > a", has_text="Le dossier").count() == 1
    assert re.search(r"\d", main.locator(".file small").inner_text())
    wait_until(visitor, lambda: "Une heure dite" in body_of(server, "/fr/news/atom/"))


def add_block_by_icon(page, icon, number):
    """Whatever its label is called in the language of the CMS."""
    blocks = page.locator("[data-streamfield-child]")
    before = blocks.count()
    page.locator(".c-sf-add-button").last.click()
    page.locator(f"[role=option]:has(use[href='#icon-{icon}'])").nth(number).click()
    wait_until(page, lambda: blocks.count() > before)
    return blocks.last


def save_draft(page):
    """Once the CMS has saved by itself: pressed while it is about to, it makes the page twice and says that its
    address is taken."""
    wait_until(page, lambda: re.search(r"/pages/\d+/edit/", page.url))
    press(page.locator("footer button.action-save").first)


def schedule(editor, server, number):
    """In the dialogue of the CMS, for an hour that is to come; then that hour is a minute ago."""
    panel(editor, "status")
    editor.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
    dialogue = editor.locator("#schedule-publishing-dialog")
    hour = dialogue.locator("#id_go_live_at")
    hour.fill((datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))
    # By keyboard: the calendar lies over the button.
    with editor.expect_navigation(wait_until="load"):
        dialogue.locator("button[type=submit]").press("Enter")
    publish(editor)
    server.manage(
        "shell",
        "-c",
        "from datetime import timedelta; from django.utils import timezone; from wagtail.models import Revision\n"
        f"waiting = Revision.objects.get(object_id='{number}', approved_go_live_at__gt=timezone.now())\n"
        "waiting.approved_go_live_at = timezone.now() - timedelta(minutes=1)\n"
        "waiting.content['go_live_at'] = waiting.approved_go_live_at.isoformat()\n"
        "waiting.save(update_fields=['approved_go_live_at', 'content'])",
    )


def test_preview_and_checker_work_under_the_policy_of_the_cms(signed_in):
    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/fr/news/")
    address = editor.locator("main .title a").first.get_attribute("href")
    editor.goto(f"/cms/pages/{cms_page_of(editor, address)}/edit/")
    panel(editor, "preview")
    wait_until(editor, lambda: frame_of(editor) and frame_of(editor).locator("main h1").count() == 1)
    for size, width in (("phone", 360), ("desktop", 1280)):
        editor.locator(f"[data-w-preview-target=size][value={size}]").check(force=True)
        wait_until(editor, lambda wide=width: frame_of(editor).evaluate("innerWidth") == wide)
    editor.locator("#id_preview_mode").select_option("ar")
    wait_until(editor, lambda: frame_of(editor).locator("html").get_attribute("dir") == "rtl")
    panel(editor, "checks")
    checks = editor.locator("[data-side-panel=checks]")
    wait_until(editor, lambda: re.search(r"[1-9]", checks.locator("[data-content-word-count]").inner_text()))
    assert checks.locator(".w-content-checker__count").inner_text().strip() == "0"


def test_editor_arranges_menu_and_site_and_readers_see_it(signed_in, open_page):
    editor = signed_in("editor", "fr", width=1280)
    editor.goto("/cms/settings/pages/menus/")
    before = editor.locator("[name^=main-][name$=-value-url]").count()
    new = f"[name=main-{before}-value"
    # Above those of the demo world.
    editor.locator(".c-sf-add-button").first.click()
    wait_until(editor, lambda: editor.locator(f"{new}-url]").count() == 1)
    editor.fill(f"{new}-url]", "/events/")
    editor.fill(f"{new}-labels-ar]", "لقاءات جديدة")
    press(editor.locator("footer button[type=submit], footer button.action-save").first)
    visitor = open_page("ar", width=1280)
    visitor.goto("/ar/")
    assert visitor.locator(".mast-nav a").first.inner_text() == "لقاءات جديدة"
    editor.goto("/cms/settings/pages/menus/")
    editor.locator("[name=main-0-value-url]").wait_for()
    editor.evaluate("document.querySelector('[name=main-0-deleted]').value = '1'")
    press(editor.locator("footer button[type=submit], footer button.action-save").first)
    visitor.goto("/ar/")
    assert "لقاءات جديدة" not in visitor.locator(".mast-nav a").all_inner_texts()


def test_second_editor_is_warned_and_nothing_is_lost(signed_in):
    one, two = signed_in("editor", "fr", width=1280), signed_in("root", "en", width=1280)
    number = cms_page_of(one, "/fr/news/traduire-une-decision-sans-la-trahir/")
    for page in (one, two):
        page.goto(f"/cms/pages/{number}/edit/")
        page.locator("#id_title").wait_for()
    one.fill("#id_intro", "Du premier.")
    publish(one)
    # Within one ping of ten seconds: who has saved, and that what stands here is older.
    two.locator(".w-editing-sessions .w-ping--critical").wait_for(timeout=30000)
    two.fill("#id_intro", "Du second.")
    two.locator("footer button.action-save").first.click()
    dialog = two.locator("#w-save-confirmation-dialog")
    dialog.wait_for()
    assert "Claire" in dialog.inner_text()  # the demo world's editor
