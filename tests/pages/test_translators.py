"""Who translates into Arabic writes Arabic translations and nothing else: every address of the CMS is tried."""

import itertools
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask
from wagtail_localize.models import OverridableSegment, StringTranslation

from pages import translations
from tests.pages.conftest import locale
from tests.pages.test_translations import ARABIC, change, translated
from tests.pages.test_walk import form_of
from themes.models import Theme

# One's own session, what one has seen, how the CMS looks to oneself.
ONES_OWN = {
    "django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile", "usersessions_usersession",
    "profiles_user", "wagtailimages_rendition",
}  # fmt: skip
WRITES = re.compile(
    r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"(\w+)\"", re.IGNORECASE
)


class Writes:
    """The tables written to while it is on."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and found[1] not in ONES_OWN:
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def everything():
    """Every row of every table that is not one's own."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - ONES_OWN):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def patterns():
    def walk(level, prefix, space):
        for each in level:
            route = prefix + str(each.pattern)
            if hasattr(each, "url_patterns"):
                yield from walk(
                    each.url_patterns, route, space + (f"{each.namespace}:" if each.namespace else "")
                )
            else:
                yield route, f"{space}{each.name}" if each.name else ""

    return [row for row in walk(get_resolver().url_patterns, "", "") if row[0].startswith("cms/")]


@pytest.fixture
def world(article, editor, at, db):
    """A French source with Arabic published and Dutch begun; an Arabic source; drafts, locks, files, an approval."""
    page = translated(article)
    (dutch,) = translations.translate(page, ["nl"])
    arabic_source = article("ar", "مصدر", slug="masdar")
    translations.translate(arabic_source, ["fr"])
    draft = article("fr", "Brouillon", live=False, slug="brouillon")
    draft.save_revision(approved_go_live_at=timezone.now() + timedelta(days=3))
    locked = article("fr", "Fermé", slug="ferme")
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())
    change(page, intro="Autrement dit.")
    image = Image.objects.create(title="x", file=get_test_image_file())
    document = Document.objects.create(title="x", file=ContentFile(b"x", name="x.txt"))
    workflow = Workflow.objects.create(name="w", active=True)
    task = GroupApprovalTask.objects.create(name="t")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(draft, editor)
    redirect = Redirect.objects.create(old_path="/x", redirect_page=page)
    theme = Theme.objects.create(slug="theme-x")
    french = [page, draft, locked, arabic_source, at(page, "nl"), at(page, "en"), at(arabic_source, "fr")]
    homes = list(Page.objects.filter(depth__lte=3).exclude(locale=locale("ar")))
    pages = [one.pk for one in (*french, *homes[:4])]
    segment = dutch.source.stringsegment_set.first()
    override = OverridableSegment.objects.filter(source=dutch.source).first()
    one = {
        "page": pages,
        "image_id": [image.pk], "document_id": [document.pk], "doc_id": [document.pk],
        "uploaded_file_id": [1], "redirect_id": [redirect.pk], "collection_id": [1],
        "translation_id": [dutch.pk], "translation_source_id": [dutch.source_id],
        "string_segment_id": [segment.pk], "overridable_segment_id": [override.pk if override else 1],
        "revision_id": [draft.latest_revision_id, page.latest_revision_id],
        "revision_id_a": ["earliest"], "revision_id_b": ["latest"],
        "task_state_id": [state.current_task_state_id], "task_id": [task.pk], "workflow_pk": [workflow.pk],
        "workflow_state_id": [state.pk], "session_id": [1], "object_id": pages[:1],
        "action_name": ["approve", "reject", "publish", "delete", "copy", "unpublish", "convert_alias"],
        "content_type_app_name": ["news"], "content_type_model_name": ["newspage"],
        "app_name": ["themes"], "filter_spec": ["original"], "mode": [""], "code": ["nl", "fr"],
        "uidb64": ["x"], "token": ["x"],
    }  # fmt: skip
    return {"pools": one, "page": page, "arabic_source": arabic_source, "locked": locked, "theme": theme}


PAGES = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
BULK = {
    ("wagtailcore", "page"): ["delete", "move", "publish", "unpublish"],
    ("wagtailimages", "image"): ["delete", "add_tags", "add_to_collection"],
    ("wagtaildocs", "document"): ["delete", "add_tags", "add_to_collection"],
    ("themes", "theme"): ["delete"],
}
CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def addresses(route, pools, theme):
    """The route with every combination of what we have for its parameters."""
    if route.startswith("cms/bulk/<"):
        for (app, model), actions in BULK.items():
            ids = {"page": pools["page"], "image": pools["image_id"], "document": pools["document_id"]}.get(
                model, [theme.pk]
            )
            asked = "&".join(f"id={pk}" for pk in ids)
            for action in actions:
                yield f"/cms/bulk/{app}/{model}/{action}/?{asked}"
                for pk in ids:
                    yield f"/cms/bulk/{app}/{model}/{action}/?id={pk}"
        return
    names = [found[2] or found[3] for found in CONVERTER.finditer(route)]
    choices = [_choices(name, route, pools, theme) for name in names]
    for values in itertools.islice(itertools.product(*choices), 40):
        path = route
        for value in values:
            path = CONVERTER.sub(str(value), path, count=1)
        yield "/" + path.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\", "")


def _choices(name, route, pools, theme):
    if name in PAGES or (name == "pk" and ("pages" in route or "submissions" in route)):
        return pools["page"]
    if name == "pk":
        if "theme" in route:
            return [theme.pk]
        if "image" in route:
            return pools["image_id"]
        if "document" in route:
            return pools["document_id"]
        return [1, 2, *pools["workflow_pk"]]
    if name == "app_label":
        return ["wagtailcore"] if "tasks" not in route else ["wagtailcore"]
    if name == "model_name":
        return ["groupapprovaltask"] if "tasks" in route else ["page"]
    return pools.get(name, ["x"])


SENT = {
    **form_of("À moi", "a-moi"),
    "action-publish": "1", "action": "publish", "value": "x", "words": "x", "verb": "save", "confirm": "on",
    "new_title": "x", "new_slug": "x-neuf", "copy_subpages": "on", "publish_copies": "on", "alias": "on",
    "chooser": "1", "new_parent_page": "3", "move_applicable": "on", "include_descendants": "on",
    "restriction_type": "login", "password": "x", "next": "/cms/", "position": "0", "localize-restart-translation": "1",
    "old_path": "/neu", "redirect_link": "/neu", "is_permanent": "on", "name": "x", "comment": "x", "tags": "x",
    "collection": "1", "include_subtree": "on", "id": "1", "page_types": "",
}  # fmt: skip


def send_everything(client, world):
    """(method, address) of each sending that wrote something."""
    wrote = []
    locales = [str(locale(code).pk) for code in ("fr", "nl", "en")]
    for route, _name in patterns():
        for address in addresses(route, world["pools"], world["theme"]):
            for method in ("post", "put", "delete"):
                if (
                    method != "post"
                    and "strings" not in address
                    and "overrides" not in address
                    and "api" not in address
                ):
                    continue
                writes = Writes()
                data = {**SENT, "locales": locales} if method == "post" else "value=x"
                kind = {} if method == "post" else {"content_type": "application/x-www-form-urlencoded"}
                with connection.execute_wrapper(writes):
                    answer = getattr(client, method)(address, data, **kind)
                assert answer.status_code < 500 or "choose-" in address, address
                if writes.tables:
                    wrote.append((method, address, sorted(writes.tables)))
    return wrote


def test_translator_changes_nothing_outside_their_language(world, translator_ar, client_of):
    client = client_of(translator_ar, raise_request_exception=False)
    client.get("/cms/")
    before = everything()
    assert send_everything(client, world) == []
    assert everything() == before


def test_the_sweep_sees_what_an_editor_does(world, editor, client_of):
    """Otherwise it would see nothing at all."""
    writes = Writes()
    edit = reverse("wagtailadmin_pages:edit", args=[world["page"].pk])
    with connection.execute_wrapper(writes):
        client_of(editor).post(edit, {**SENT, "body-1-value": SENT["body-1-value"]})
    assert "wagtailcore_page" in writes.tables
    routes = {route for route, _name in patterns()}
    assert len(routes) > 150
    assert all(list(addresses(route, world["pools"], world["theme"])) for route in routes)


# In Arabic itself ----------------------------------------------------------------------------------------------


def test_translator_does_not_touch_a_source_in_their_own_language(world, translator_ar, client_of):
    page, client = world["arabic_source"], client_of(translator_ar)
    before = everything()
    for name in ("edit", "unpublish", "delete", "set_privacy", "move", "copy", "convert_alias", "lock"):
        answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), SENT)
        assert answer.status_code in (302, 403), name
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    assert client.post(f"{bulk}?id={page.pk}").status_code == 403
    assert everything() == before


def test_translator_cannot_close_a_page_in_all_languages(world, translator_ar, client_of, at):
    there = at(world["page"], "ar")
    address = reverse("wagtailadmin_pages:set_privacy", args=[there.pk])
    assert client_of(translator_ar).post(address, {"restriction_type": "login"}).status_code == 403
    assert not PageViewRestriction.objects.exists()


def test_translator_withdraws_a_translation_and_publishes_it_again(world, translator_ar, client_of, at):
    page, client = world["page"], client_of(translator_ar)
    there = at(page, "ar")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[there.pk]))
    assert at(page, "ar").alias_of_id == page.pk
    assert StringTranslation.objects.filter(locale=locale("ar"), data=ARABIC["title"]).exists()
    assert client.get("/ar/news/sijill/").status_code == 200


def test_refusal_is_in_words(world, translator_ar, client_of):
    address = reverse("wagtailadmin_pages:delete", args=[world["page"].pk])
    answer = client_of(translator_ar).post(address)
    assert answer.status_code == 403
