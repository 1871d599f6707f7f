"""Old addresses lead on, in each language, to whoever may read what is there now."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from pages.models import HomePage, StandardPage
from tests.pages.conftest import locale
from tests.pages.test_translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def make(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save_revision().publish()
        return Page.objects.get(pk=page.pk).specific

    return make


def status(address, client=None):
    answer = (client or Client()).get(address)
    return answer.status_code, answer.get("Location", "")


def test_old_address_leads_to_the_new_one(article, rename, member, client_of):
    rename(article("fr"), "nouveau")
    assert status("/fr/news/un-registre/") == (301, "/fr/news/nouveau/")
    assert status("/fr/news/un-registre/?page=2") == (301, "/fr/news/nouveau/")
    assert client_of(member).post("/fr/news/un-registre/").status_code in (404, 405)


def test_each_language_leads_on_by_itself(article, rename, at):
    page = translated(article)
    rename(page, "nouveau")
    assert status("/ar/news/sijill/")[0] == 200
    rename(at(page, "ar"), "jadid")
    assert status("/ar/news/sijill/") == (301, "/ar/news/jadid/")
    # A stand-in keeps its address: nothing to lead on.
    assert status("/nl/news/un-registre/")[0] == 200


def test_children_lead_on_too(rename):
    home = HomePage.objects.get(locale=locale("fr"))
    parent = home.add_child(instance=StandardPage(title="Parent", slug="parent"))
    parent.add_child(instance=StandardPage(title="Enfant", slug="enfant"))
    rename(parent, "autre")
    assert status("/fr/parent/enfant/") == (301, "/fr/autre/enfant/")


def test_old_address_says_nothing_of_a_page_that_is_not_open(article, rename, editor, client_of):
    page = rename(article("fr"), "un-nom-qui-en-dit-long")
    nothing = Client().get("/fr/news/jamais-ecrit/")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = Client().get("/fr/news/un-registre/")
    assert answer.status_code == 404 and b"en-dit-long" not in answer.content
    assert answer.content.replace(b"un-registre", b"jamais-ecrit") == nothing.content
    assert status("/fr/news/un-registre/", client_of(editor)) == (301, "/fr/news/un-nom-qui-en-dit-long/")
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert status("/fr/news/un-registre/")[0] == 404


def test_redirect_that_an_editor_wrote_works(client):
    Redirect.add_redirect("/fr/ancien", "/fr/news/", is_permanent=False)
    assert status("/fr/ancien/") == (302, "/fr/news/")


@pytest.mark.parametrize("length", [121, 300])
def test_address_that_is_too_long_is_refused_in_words(length, article, editor, client_of):
    page = article("fr")
    client = client_of(editor)
    edit = f"/cms/pages/{page.pk}/edit/"
    form = client.get(edit).context["form"]
    form_data = {name: form[name].value() for name in ("title", "date", "intro")}
    data = {**form_data, "slug": "x" * length, "body-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "action-publish": "1"}  # fmt: skip
    answer = client.post(edit, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["slug"]
    assert answer.context["form"]["slug"].value() == "x" * length
    assert Page.objects.get(pk=page.pk).slug == "un-registre"


def test_long_title_gets_an_address_that_fits(article):
    page = article("fr", "mot " * 60, slug="")
    assert len(page.slug) <= 120 and page.slug.startswith("mot-mot")


def test_address_with_300_characters_is_the_ordinary_404():
    assert status(f"/fr/news/{'x' * 300}/")[0] == 404
