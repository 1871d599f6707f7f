"""A space that becomes hidden leaves no word in any table of Wagtail or wagtail-localize."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from communities.founding import found, hide
from pages import translations
from pages.landing import open_landing
from pages.models import SpacePage
from search.models import SearchEntry
from tests.pages.conftest import locale

WORD = "Zibelinekin"
SLUG = "zibelinekin-slug"
ROOMS = {
    "wagtailcore", "wagtailadmin", "wagtailsearch", "wagtailredirects", "wagtail_localize", "wagtailimages",
    "wagtaildocs", "wagtailusers", "pages", "news", "search", "taggit",
}  # fmt: skip
TEXT = (models.CharField, models.TextField, models.JSONField, models.SlugField)


def tables_with(word):
    """(table, column) of every text in which `word` stands."""
    found_in = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ROOMS or not model._meta.managed:
            continue
        for column in (field for field in model._meta.local_fields if isinstance(field, TEXT)):
            text = f'LOWER(CAST("{column.column}" AS TEXT))'
            lookup = f'SELECT COUNT(*) FROM "{model._meta.db_table}" WHERE {text} LIKE %s'
            with connection.cursor() as cursor:
                cursor.execute(lookup, [f"%{word.lower()}%"])
                if cursor.fetchone()[0]:
                    found_in.append((model._meta.db_table, column.column))
    return found_in


@pytest.fixture
def lived_in(facilitator, editor, client_of, django_capture_on_commit_callbacks):
    """A closed space whose landing page was edited, translated, renamed and linked to."""
    with django_capture_on_commit_callbacks(execute=True):
        space = found(
            {code: {"name": f"{WORD} {code}", "purpose": f"{WORD} purpose"} for code in ("fr", "en")},
            by=None,
            facilitator=facilitator,
            visibility="closed",
            join_policy="request",
            language="fr",
            slug=SLUG,
        )
    page = SpacePage.objects.get(space=space, locale=locale("fr"))
    page.body = [("heading", f"Le travail de {WORD}"), ("text", f"<p>{WORD} écrit ici.</p>")]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=editor, log_action=True).publish(user=editor)
        (translation,) = translations.translate(page, ["en"])
        body = [("heading", f"The work of {WORD}"), ("text", f"<p>{WORD} writes.</p>")]
        translations.publish(translations.fill(translation, {"body": body}), by=editor)
        translations.translate(page, ["ar"])
        Redirect.objects.create(old_path=f"/fr/communities/{SLUG}-old", redirect_page=page)
        Redirect.objects.create(old_path="/somewhere", redirect_link=f"/fr/communities/{SLUG}/")
        page.get_parent().specific.save_revision(user=editor, log_action=True)
    return space


def test_hide_leaves_no_word_behind(lived_in, facilitator, django_capture_on_commit_callbacks):
    before = {table for table, _column in tables_with(WORD)}
    # The test would prove nothing where nothing was written.
    assert {
        "wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry", "wagtail_localize_string",
        "wagtail_localize_stringtranslation", "wagtail_localize_translationsource", "search_searchentry",
    } <= before  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        hide(lived_in, by=facilitator)
    assert tables_with(WORD) == []
    assert tables_with(SLUG) == []
    assert not SpacePage.objects.filter(space=lived_in).exists()
    assert not SearchEntry.objects.filter(kind="space", title__icontains=WORD).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_hide_old_address_is_the_ordinary_404(lived_in, facilitator):
    assert Client().get(f"/fr/communities/{SLUG}/").status_code == 200
    hide(lived_in, by=facilitator)
    for path in (f"/fr/communities/{SLUG}/", f"/ar/communities/{SLUG}/", f"/fr/communities/{SLUG}-old/"):
        assert Client().get(path).status_code == 404


def test_hide_other_pages_keep_their_strings(lived_in, article, facilitator):
    page = article("fr", title=f"{WORD[:5]} ailleurs")
    (translation,) = translations.translate(page, ["ar"])
    hide(lived_in, by=facilitator)
    assert translations.missing_strings(translation) > 0


def test_open_landing_hidden_space_is_refused(hidden_space):
    with pytest.raises(ValueError):
        open_landing(hidden_space)
    assert not hidden_space.landing_pages.exists()


def test_page_still_there_asks_the_space_on_every_serve(closed_space):
    """Should a purge ever miss one: the page itself refuses."""
    page = SpacePage.objects.filter(space=closed_space, locale=locale("en")).first()
    assert Client().get(page.get_url()).status_code == 200
    type(closed_space).objects.filter(pk=closed_space.pk).update(visibility="hidden", join_policy="invite")
    answer = Client().get(page.get_url())
    assert answer.status_code == 404 and closed_space.name not in answer.content.decode()
    assert page.get_url() not in Client().get("/sitemap.xml").content.decode()
    assert closed_space.name not in Client().get("/en/communities/").content.decode()
    assert closed_space.name not in Client().get("/en/").content.decode()
