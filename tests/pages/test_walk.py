"""Walk 2 of the product as forms and clicks: an editor writes in French, a translator carries it into Arabic."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from news.models import NewsIndexPage, NewsPage
from pages import translations
from pages.cms.board import State, state_of
from tests.pages.test_translations import ARABIC, translated
from tests.public_pages import locale


def form_of(title, slug, **more):
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "date": "2026-11-20",
            "author_name": "Nadia",
            "intro": "En deux mots.",
            "body": streamfield(
                [("heading", "Sous-titre"), ("text", rich_text("<p>Premier paragraphe.</p>"))]
            ),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
            **more,
        }
    )


@pytest.fixture
def published(editor, client_of, django_capture_on_commit_callbacks):
    """What the editor wrote in French, through /cms/."""
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    client = client_of(editor)
    assert client.get(add).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        data = {**form_of("Deux mains, un registre", "deux-mains"), "action-publish": "1"}
        answer = client.post(add, data)
    assert answer.status_code == 302
    return NewsPage.objects.get(slug="deux-mains", locale=locale("fr"))


def test_editor_previews_before_anyone_reads(editor, client_of):
    index = NewsIndexPage.objects.get(locale=locale("fr"))
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["news", "newspage", index.pk])
    client = client_of(editor)
    assert client.post(preview, form_of("Brouillon", "brouillon")).json() == {
        "is_valid": True,
        "is_available": True,
    }
    page = client.get(preview)
    assert page.status_code == 200 and "Premier paragraphe." in page.content.decode()
    assert not NewsPage.objects.filter(slug="brouillon").exists()


def test_article_in_french_is_read_everywhere(published, client):
    french = client.get("/fr/news/deux-mains/").content.decode()
    assert "Premier paragraphe." in french and "noindex" not in french
    assert '<link rel="canonical" href="http://testserver/fr/news/deux-mains/">' in french
    for code, direction in (("en", "ltr"), ("ar", "rtl"), ("nl", "ltr")):
        answer = client.get(f"/{code}/news/deux-mains/")
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert '<div class="prose serif" lang="fr" dir="ltr">' in html
        assert '<meta name="robots" content="noindex">' in html
        assert '<link rel="canonical" href="http://testserver/fr/news/deux-mains/">' in html
        assert 'role="note"' in html
        assert 'hreflang="en" href="http://testserver/en' not in html
        assert state_of(published, code) == State.MISSING


def test_editor_changes_a_paragraph_translator_finds_and_publishes(
    article, editor, translator_ar, client_of, client, at, django_capture_on_commit_callbacks
):
    page = translated(article)
    data = form_of(page.title, page.slug, intro="Autrement dit.")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        data["body-1-value"] = rich_text("<p>Premier paragraphe.</p><p>Second <b>paragraphe</b>.</p>")
        assert client_of(editor).post(edit, {**data, "action-publish": "1"}).status_code == 302
    # The list says so, with the way on.
    translator = client_of(translator_ar)
    there = at(page, "ar")
    board = translator.get(reverse("pages_translations"), {"language": "ar", "state": "out-of-date"})
    detail = reverse("pages_translation", args=[page.pk, "ar"])
    assert page.title in board.content.decode() and detail in board.content.decode()
    way_on = reverse("wagtailadmin_pages:edit", args=[there.pk])
    assert f"{way_on}#passage-" in translator.get(detail).content.decode()
    # Not before it is complete.
    assert translator.get(way_on).status_code == 200
    translator.post(way_on, {"action": "publish"})
    assert at(page, "ar").intro == ARABIC["intro"]
    fill_in_the_editor(translator, translations.translation_for(there), "بعبارة أخرى.")
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(way_on, {"action": "publish"})
    assert state_of(page, "ar") == State.PUBLISHED
    assert "بعبارة أخرى." in client.get("/ar/news/sijill/").content.decode()


def fill_in_the_editor(client, translation, words):
    """Every passage without a translation gets `words`, as wagtail-localize's editor sends it."""
    for segment in translation.source.stringsegment_set.all():
        if not segment.string.translations.filter(
            locale=translation.target_locale, context=segment.context_id
        ).exists():
            address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
            answer = client.put(address, f"value={words}", content_type="application/x-www-form-urlencoded")
            assert answer.status_code == 201, answer.content


def test_translator_begins_at_a_stand_in_and_publishes(
    published, translator_ar, client_of, client, at, django_capture_on_commit_callbacks
):
    translator = client_of(translator_ar)
    there = at(published, "ar")
    edit = reverse("wagtailadmin_pages:edit", args=[there.pk])
    begin = reverse("wagtail_localize:submit_page_translation", args=[published.pk])
    assert begin in translator.get(edit).content.decode()
    assert translator.post(begin, {"locales": [locale("ar").pk]}).status_code == 302
    assert at(published, "ar").alias_of_id == published.pk
    assert translator.get(edit).status_code == 200
    fill_in_the_editor(translator, translations.translation_for(there), "كلمة")
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(edit, {"action": "publish"})
    html = client.get("/ar/news/deux-mains/").content.decode()
    assert "كلمة" in html and "noindex" not in html and 'role="note"' not in html
    french = client.get("/fr/news/deux-mains/").content.decode()
    assert 'hreflang="ar" href="http://testserver/ar/news/deux-mains/"' in french


# What a translator of Arabic may not ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["fr", "en", "nl"])
def test_translator_cannot_open_or_publish_another_language(published, translator_ar, client_of, at, code):
    page = published if code == "fr" else at(published, code)
    translator = client_of(translator_ar)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = translator.post(edit, {**form_of("À moi", "deux-mains"), "action-publish": "1"})
    # A source: no translator sends anything to one. Elsewhere Wagtail's /cms/ answers with the way home.
    assert refused.status_code == (403 if code == "fr" else 302)
    assert NewsPage.objects.get(pk=published.pk).title == "Deux mains, un registre"
    assert translator.get(edit).status_code == 302


def test_translator_cannot_begin_another_language(published, translator_ar, client_of, at):
    begin = reverse("wagtail_localize:submit_page_translation", args=[published.pk])
    answer = client_of(translator_ar).post(begin, {"locales": [locale("nl").pk]})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert translations.translation_for(at(published, "nl")) is None


def test_translator_cannot_write_strings_of_another_language(published, translator_ar, client_of):
    (translation,) = translations.translate(published, ["nl"])
    segment = translation.source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    answer = client_of(translator_ar).put(
        address, "value=x", content_type="application/x-www-form-urlencoded"
    )
    # Wagtail's /cms/ answers a refusal with the way home.
    assert answer.status_code in (302, 403)
    assert translations.missing_strings(translation) == 4


def test_translator_cannot_add_unpublish_or_delete_french(published, translator_ar, client_of):
    translator = client_of(translator_ar)
    index = published.get_parent()
    for name, args in (
        ("add", ["news", "newspage", index.pk]),
        ("unpublish", [published.pk]),
        ("delete", [published.pk]),
        ("move", [published.pk]),
    ):
        assert translator.post(reverse(f"wagtailadmin_pages:{name}", args=args)).status_code in (302, 403)
    published.refresh_from_db()
    assert published.live


def test_list_gives_the_translator_links_for_arabic_alone(published, translator_ar, client_of, at):
    html = client_of(translator_ar).get(reverse("pages_translations")).content.decode()
    begin = reverse("wagtail_localize:submit_page_translation", args=[published.pk])
    assert f"{begin}?select_locale=ar" in html and "select_locale=nl" not in html


def test_editor_of_languages_cannot_turn_a_stand_in_into_a_page(published, editor, client_of, at):
    there = at(published, "nl")
    answer = client_of(editor).post(reverse("wagtailadmin_pages:convert_alias", args=[there.pk]))
    assert answer.status_code == 302
    assert at(published, "nl").alias_of_id == published.pk


def test_member_is_refused_in_words(member, client_of):
    assert client_of(member).get(reverse("pages_translations")).status_code == 403


def test_list_same_queries_at_one_and_many(article, editor, client_of, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = client_of(editor), reverse("pages_translations")
    article("fr", "Un")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(3):
        article("fr", f"Autre {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many)
