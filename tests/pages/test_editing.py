"""Wagtail's own ways, as this site has set them up: approval, schedule, previews, revisions, locks, uploads."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow

from news.models import NewsIndexPage, NewsPage
from search.models import SearchEntry as Entry
from tests.news.blocks.kinds import kinds
from tests.news.blocks.test_translating import body_of
from tests.pages.conftest import locale
from tests.pages.test_translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(stranger):
    stranger.groups.add(Group.objects.get(name="Authors"))
    return stranger


def filled(client, address, **fields):
    """What the browser would send of the form at `address`."""
    form = client.get(address).context["form"]
    names = ("title", "slug", "date", "intro", "author_name", "picture_alt", "picture_credit")
    data = {name: form[name].value() or "" for name in names if name in form.fields}
    empty = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return data | empty | fields


# Approval -----------------------------------------------------------------------------------------------------
def test_approval_was_set_up_by_migration():
    assert Workflow.objects.get().name == GroupApprovalTask.objects.get().name == "Approval by the editors"
    assert [group.name for group in GroupApprovalTask.objects.get().groups.all()] == ["Editors"]


def test_author_hands_in_and_editor_approves(author, editor, client_of, client):
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    theirs = client_of(author)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    theirs.post(add, filled(theirs, add, title="Essai", slug="essai", **{"action-submit": "1"}))
    page = NewsPage.objects.get(slug="essai")
    assert page.owner == author and not page.live and page.current_workflow_state
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    theirs.post(edit, filled(theirs, edit, **{"action-publish": "1"}))
    assert not NewsPage.objects.get(pk=page.pk).live
    ours = client_of(editor)
    assert ours.get(edit).status_code == 200
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert theirs.post(approve).status_code in (302, 403) and not NewsPage.objects.get(pk=page.pk).live
    ours.post(approve)
    assert NewsPage.objects.get(pk=page.pk).live
    assert client.get("/fr/news/essai/").status_code == 200


def test_mails_of_the_approval_are_neutral_and_in_the_readers_language(author, editor, client_of):
    author.language, editor.language = "nl", "ar"
    author.save()
    editor.save()
    mail.outbox.clear()
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    theirs = client_of(author)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    theirs.post(add, filled(theirs, add, title="Titre confidentiel", slug="essai", **{"action-submit": "1"}))
    page = NewsPage.objects.get(slug="essai")
    state = page.current_workflow_task_state
    client_of(editor).post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    to = {address for letter in mail.outbox for address in letter.to}
    assert {author.email, editor.email} <= to
    for letter in mail.outbox:
        assert "confidentiel" not in letter.subject + letter.body
        assert author.display_name not in letter.subject + letter.body
        assert f"/cms/pages/{page.pk}/edit/" in letter.body
    from wagtail.users.models import UserProfile

    assert UserProfile.get_for_user(editor).get_preferred_language() == "ar"
    assert UserProfile.get_for_user(author).get_preferred_language() == "nl"


# Schedule -----------------------------------------------------------------------------------------------------
def test_tick_publishes_what_is_due_and_everything_follows(
    article, client, at, django_capture_on_commit_callbacks
):
    page = article("fr", "Bientot", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    page = NewsPage.objects.get(pk=page.pk)
    assert not page.live and client.get("/fr/news/bientot/").status_code == 404
    call_command("tick")
    assert client.get("/fr/news/bientot/").status_code == 404
    due = timezone.now() + timedelta(hours=2)
    with django_capture_on_commit_callbacks(execute=True), time_machine.travel(due):
        call_command("tick")
    assert client.get("/fr/news/bientot/").status_code == 200
    assert "Bientot" in client.get("/fr/news/atom/").content.decode()
    assert Entry.objects.filter(title="Bientot").exists()
    assert at(page, "ar").live and at(page, "ar").alias_of_id == page.pk


def test_tick_withdraws_what_is_over(article, client):
    page = article("fr", "Bref")
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("tick")
    assert client.get("/fr/news/bref/").status_code == 404
    assert client.get("/ar/news/bref/").status_code == 404
    assert not Entry.objects.filter(title="Bref").exists()


# Previews -----------------------------------------------------------------------------------------------------
def preview(client, page, mode=""):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = filled(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), title="Brouillon en cours")
    assert client.post(address, data).json()["is_valid"]
    answer = client.get(f"{address}?mode={mode}&in_preview_panel=true")
    assert answer.status_code == 200
    return answer, answer.content.decode()


def test_preview_has_a_phone_and_a_wide_screen(article):
    assert {size["device_width"] for size in article("fr").preview_sizes} >= {360, 1280}


@pytest.mark.parametrize(("code", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_preview_is_in_the_language_of_its_page(code, direction, article, editor, client_of):
    page = article(code, "Titre", slug="titre", live=False)
    _answer, html = preview(client_of(editor), page)
    assert f'<html lang="{code}" dir="{direction}"' in html and "Brouillon en cours</h1>" in html


def test_preview_shows_how_others_find_the_page(article, editor, client_of):
    page = article("fr")
    _answer, html = preview(client_of(editor), page, "ar")
    assert '<html lang="ar" dir="rtl"' in html
    assert '<h1 lang="fr" dir="auto">Brouillon en cours</h1>' in html


def test_preview_of_a_language_with_a_translation_shows_the_translation(article, editor, client_of):
    page = translated(article)
    _answer, html = preview(client_of(editor), page, "ar")
    assert "سجل مشترك</h1>" in html and "Brouillon en cours" not in html


def test_preview_brings_the_checker_and_public_pages_do_not(article, editor, client_of, client):
    page = article("fr")
    answer, html = preview(client_of(editor), page)
    assert "wagtail-userbar" in html and "wagtailadmin/js/userbar.js" in html
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    for reader in (client, client_of(editor)):
        assert "userbar" not in reader.get("/fr/news/un-registre/").content.decode()


# Revisions, locks, reports ------------------------------------------------------------------------------------
def test_revisions_compare_every_block_and_an_old_one_comes_back(article, editor, client_of):
    page = article("fr")
    first = page.latest_revision
    page.body = body_of(*((name, value) for name, (value, _words) in kinds(article("fr", "But")).items()))
    second = page.save_revision()
    for value in ("Changé",):
        page.title, page.body[0].value = value, value
    third = page.save_revision()
    client = client_of(editor)
    for one, two in ((first, second), (second, third)):
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, one.pk, two.pk])
        assert client.get(compare).status_code == 200
    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert "Un registre" in client.get(back).content.decode()


def test_locked_page_is_changed_by_nobody_else(article, editor, root, client_of):
    page = article("fr")
    client_of(root).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert Page.objects.get(pk=page.pk).locked
    client, edit = client_of(editor), reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(edit, filled(client, edit, title="Autre", **{"action-publish": "1"}))
    assert answer.status_code in (200, 302, 403)
    assert Page.objects.get(pk=page.pk).title == "Un registre"


def test_aging_pages_are_listed(article, editor, client_of):
    page = article("fr", "Vieille page")
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=900))
    assert "Vieille page" in client_of(editor).get("/cms/reports/aging-pages/").content.decode()


# Two editors --------------------------------------------------------------------------------------------------
def test_second_editor_is_told_of_the_first(article, editor, root, client_of):
    page = article("fr")
    first, second = client_of(editor), client_of(root)
    sessions = []
    for client in (first, second):
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        sessions.append(html.partition("editing-sessions/ping/wagtailcore/page/")[2].split("/")[:2])
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", *sessions[1]])
    answer = second.post(ping, {"revision_id": page.latest_revision_id}).json()
    assert str(editor) in str(answer["other_sessions"]) or len(answer["other_sessions"]) == 1
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first.post(edit, filled(first, edit, title="Du premier", **{"action-publish": "1"}))
    answer = second.post(ping, {"revision_id": page.latest_revision_id}).json()
    assert [session["revision_id"] for session in answer["other_sessions"] if session["revision_id"]]
    # Saved over knowingly, the first one's words are still there to bring back.
    second.post(edit, filled(second, edit, title="Du second", **{"action-publish": "1"}))
    titles = [revision.content["title"] for revision in Page.objects.get(pk=page.pk).revisions.all()]
    assert {"Du premier", "Du second"} <= set(titles)
    assert PageLogEntry.objects.filter(page=page.pk, user=editor).exists()


# Uploads that are not what they say ---------------------------------------------------------------------------
def picture_of(width, height):
    raw = BytesIO()
    Pillow.new("1", (width, height)).save(raw, "PNG")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.jpg", b"%PDF-1.7 not a picture"),
        ("x.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.png", None),
    ],
    ids=["svg with script", "pdf named jpg", "svg named jpg", "100 megapixels"],
)
def test_bad_picture_is_refused_in_words(name, content, editor, client_of):
    content = content or picture_of(10_000, 10_000)
    client = client_of(editor)
    chooser = reverse("wagtailimages_chooser:create")
    for address, field in (
        (chooser, "image-chooser-upload-file"),
        (reverse("wagtailimages:add_multiple"), "files[]"),
    ):
        upload = SimpleUploadedFile(name, content)
        answer = client.post(
            address,
            {field: upload, "image-chooser-upload-title": "x", "title": "x", "collection": 1},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert answer.status_code == 200
        told = answer.json()
        assert told.get("success") is False or "error-message" in told["htmlFragment"], told
    assert not Image.objects.exists()


def test_no_visitor_sees_a_preview(article):
    page = article("fr", live=False)
    assert Client().get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 302
