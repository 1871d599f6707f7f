"""A page and everything below it into several languages: as drafts, in steps, whatever interrupts them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from news.models import NewsIndexPage, NewsPage
from pages import translations
from pages.cms.board import State, state_of
from pages.models import HomePage, StandardPage, TreeStep, TreeTranslation
from pages.translations import trees
from tests.pages.conftest import locale


@pytest.fixture
def tree_of(db):
    """`tree_of(4)`: a French page with as many below it, every third of them a draft."""

    def make(count, code="fr"):
        home = HomePage.objects.get(locale=locale(code))
        root = home.add_child(instance=StandardPage(title="Qui nous sommes", intro="Un réseau."))
        root.save_revision().publish()
        for number in range(count):
            page = StandardPage(
                title=f"Page {number}", intro=f"Mots {number}.", live=number % 3 != 2,
                body=[("heading", f"Titre {number}"), ("text", f"<p>Un {number}.</p><p>Deux {number}.</p>")],
            )  # fmt: skip
            root.add_child(instance=page)
            revision = page.save_revision()
            if number % 3 != 2:
                revision.publish()
        return StandardPage.objects.get(pk=root.pk)

    return make


def begun():
    return Translation.objects.values_list("source__object__translation_key", "target_locale__language_code")


def test_tree_is_begun_in_all_languages_and_readers_see_nothing(tree_of, at):
    root = tree_of(4)
    before = {code: Client().get(f"/{code}/qui-nous-sommes/page-0/").content for code in ("ar", "nl")}
    tree = trees.begin_tree(root, ["ar", "nl"])
    assert trees.go_on(tree) == 5
    tree.refresh_from_db()
    assert tree.finished_at and trees.progress(tree) == {"waiting": 0, "done": 5, "failed": 0, "all": 5}
    pages = Page.objects.descendant_of(root, inclusive=True)
    assert set(begun()) == {(page.translation_key, code) for page in pages for code in ("ar", "nl")}
    assert {state_of(page, code) for page in pages for code in ("ar", "nl")} == {State.DRAFT}
    assert {code: Client().get(f"/{code}/qui-nous-sommes/page-0/").content for code in before} == before
    assert Client().get("/ar/qui-nous-sommes/page-2/").status_code == 404


def test_arabic_tree_goes_into_the_others_without_english(tree_of):
    root = tree_of(2, "ar")
    trees.go_on(trees.begin_tree(root, ["fr", "nl"]))
    assert {code for _key, code in begun()} == {"fr", "nl"}
    assert {one.source.locale.language_code for one in Translation.objects.all()} == {"ar"}


def test_same_tree_begun_twice_is_one_and_done_twice_changes_nothing(tree_of):
    root = tree_of(2)
    tree = trees.begin_tree(root, ["nl", "ar"])
    assert trees.begin_tree(root, ["ar", "nl"]) == tree
    trees.go_on(tree)
    before = sorted(begun())
    again = trees.begin_tree(root, ["ar", "nl"])
    assert again != tree
    trees.go_on(again)
    assert sorted(begun()) == before


def test_worker_killed_in_the_middle_is_replaced_and_nothing_is_half(tree_of, monkeypatch):
    class Killed(BaseException):
        pass

    tree = trees.begin_tree(tree_of(3), ["ar", "nl"])
    real, seen = trees.translate, []

    def killed_at_the_third(page, *args):
        seen.append(page)
        result = real(page, *args)
        if len(seen) == 3:
            raise Killed
        return result

    monkeypatch.setattr(trees, "translate", killed_at_the_third)
    with pytest.raises(Killed):
        trees.go_on(tree)
    # Nobody tidied up after the real one: its lease stands.
    TreeTranslation.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    assert trees.progress(tree)["done"] == 2
    assert trees.go_on(tree) == 0
    TreeTranslation.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert trees.go_on_with_all() == "pages made ready for translators: 2"
    assert trees.progress(tree)["done"] == 4
    assert len(begun()) == 8


def test_one_failing_page_is_named_and_the_rest_goes_on(tree_of, monkeypatch, editor, client_of):
    root = tree_of(3)
    tree, real = trees.begin_tree(root, ["ar"]), trees.translate

    def refuses_one(page, *args):
        result = real(page, *args)
        if page.title == "Page 1":
            raise RuntimeError("words of the page")
        return result

    monkeypatch.setattr(trees, "translate", refuses_one)
    trees.go_on(tree)
    assert trees.progress(tree) == {"waiting": 0, "done": 3, "failed": 1, "all": 4}
    assert TreeStep.objects.get(state="failed").error == "RuntimeError"
    assert len(begun()) == 3
    address = reverse("pages_tree", args=[tree.public_id])
    client = client_of(editor)
    html = client.get(address).content.decode()
    assert "Page 1</bdi>" in html and "Page 0" not in html
    monkeypatch.setattr(trees, "translate", real)
    client.post(address, {"verb": "again"})
    client.post(address, {"verb": "go-on"})
    assert trees.progress(tree)["failed"] == 0 and len(begun()) == 4


def test_cancelled_tree_stops_and_keeps_what_is_begun(tree_of, monkeypatch):
    tree, real, seen = trees.begin_tree(tree_of(3), ["ar"]), trees.translate, []

    def cancels(page, *args):
        seen.append(page)
        if len(seen) == 2:
            trees.cancel(tree)
        return real(page, *args)

    monkeypatch.setattr(trees, "translate", cancels)
    trees.go_on(tree)
    assert trees.progress(tree)["done"] == 2
    assert trees.go_on(tree) == 0 and trees.go_on_with_all().endswith(" 0")


def test_page_deleted_meanwhile_is_no_obstacle(tree_of):
    root = tree_of(2)
    tree = trees.begin_tree(root, ["ar"])
    Page.objects.get(title="Page 0", alias_of=None).delete()
    trees.go_on(tree)
    assert trees.progress(tree) == {"waiting": 0, "done": 2, "failed": 0, "all": 2}


# In the CMS ----------------------------------------------------------------------------------------------------


def test_editor_begins_and_follows_it_without_javascript(tree_of, editor, client_of):
    root, client = tree_of(2), client_of(editor)
    new = reverse("pages_tree_new", args=[root.pk])
    assert client.get(new).context["count"] == 3
    address = client.post(new, {"languages": ["ar", "nl"]}).url
    assert 'max="3" value="0"' in client.get(address).content.decode()
    assert (
        reverse("pages_tree", args=[TreeTranslation.objects.get().public_id])
        in client.get(reverse("pages_translations")).content.decode()
    )
    assert client.post(address, {"verb": "go-on"}).status_code == 302
    html = client.get(address).content.decode()
    assert 'max="3" value="3"' in html and 'value="go-on"' not in html
    assert client.post(address, {"verb": "nonsense"}).status_code in (302, 404)


def test_index_that_exists_in_all_languages_has_a_tree_too(article, editor, client_of):
    article("fr", "Un")
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    address = client_of(editor).post(reverse("pages_tree_new", args=[index.pk]), {"languages": ["nl"]}).url
    client_of(editor).post(address, {"verb": "go-on"})
    assert state_of(NewsPage.objects.get(title="Un", alias_of=None), "nl") == State.DRAFT


@pytest.mark.parametrize("languages", [[], ["xx"], ["fr"], ["ar", "xx"]])
def test_languages_that_cannot_be_are_refused_in_words(tree_of, editor, client_of, languages):
    answer = client_of(editor).post(reverse("pages_tree_new", args=[tree_of(1).pk]), {"languages": languages})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not TreeTranslation.objects.exists()


def test_translator_begins_a_tree_in_their_language_alone(tree_of, translator_ar, editor, client_of):
    root, client = tree_of(1), client_of(translator_ar)
    new = reverse("pages_tree_new", args=[root.pk])
    assert client.post(new, {"languages": ["nl"]}).context["form"].errors
    tree = trees.begin_tree(root, ["nl"], by=editor)
    for verb in ("go-on", "cancel", "again"):
        client.post(reverse("pages_tree", args=[tree.public_id]), {"verb": verb})
    tree.refresh_from_db()
    assert tree.is_open and trees.progress(tree)["done"] == 0
    address = client.post(new, {"languages": ["ar"]}).url
    client.post(address, {"verb": "go-on"})
    assert {code for _key, code in begun()} == {"ar"}


def test_page_of_the_tree_costs_few_queries(tree_of, article):
    """wagtail-localize: 851 for one page and two languages (stack.md)."""
    tree = trees.begin_tree(tree_of(6), ["ar", "nl", "en"])
    with CaptureQueriesContext(connection) as captured:
        trees.go_on(tree)
    each = len(captured) / 7
    print(f"queries per page: {each:.0f}")
    assert each < 150


def test_worker_takes_the_tree_up_when_tasks_are_in_the_database(
    tree_of, monkeypatch, django_capture_on_commit_callbacks
):
    enqueued, task = [], trees.work_on
    monkeypatch.setattr(trees, "runs_in_foreground", lambda: False)
    monkeypatch.setattr(trees, "work_on", SimpleNamespace(enqueue=enqueued.append))
    root = tree_of(1)
    with django_capture_on_commit_callbacks(execute=True):
        tree = trees.begin_tree(root, ["ar"])
    assert enqueued == [tree.pk]
    task.func(tree.pk)
    assert trees.progress(tree)["done"] == 2
    assert translations.translation_for(tree.root.get_translation(locale("ar"))) is not None
