"""wagtail-localize finds every word of every block, keeps pictures and files, and puts the translation back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation

from news.blocks import BodyBlock
from pages import translations
from tests.news.blocks.kinds import ASKING, kinds, raw

pytestmark = pytest.mark.django_db


def body_of(*blocks):
    return BodyBlock().to_python([raw(name, value) for name, value in blocks])


@pytest.fixture
def every(article):
    """An article in French with one of every block."""
    found = kinds(article("fr", "But"))
    page = article("fr", "Tout", body=body_of(*((name, value) for name, (value, _words) in found.items())))
    return page, found


def words_of(page):
    rows = StringSegment.objects.filter(source__object_id=page.translation_key).order_by("order")
    return [
        row.string.data
        for row in rows.select_related("string", "context")
        if ".body" in f".{row.context.path}"
    ]


def test_there_is_one_of_every_kind(article):
    assert kinds(article("fr", "But")).keys() == BodyBlock().child_blocks.keys()


def test_every_word_of_every_block_waits_for_its_translator(every):
    page, found = every
    translations.translate(page, ["ar"])
    wanted = [words for _value, expected in found.values() for words in expected]
    assert words_of(page) == wanted


def test_pictures_files_and_addresses_may_be_replaced_in_each_language(every):
    page, _found = every
    translations.translate(page, ["ar"])
    rows = OverridableSegment.objects.filter(source__object_id=page.translation_key).select_related("context")
    there = {row.context.get_field_path(page).removeprefix("body.") for row in rows}
    assert there == {
        "image.image", "pair.first.image", "pair.second.image", "file.document", "audio.document",
        "video.document", "video.poster", "cta.page", "related.pages.item", "people.people.item.image",
    }  # fmt: skip


def test_whole_translation_comes_back_into_every_block(every, at, client):
    page, found = every
    (translation,) = translations.translate(page, ["ar"])
    segments = StringSegment.objects.filter(source=translation.source).select_related("context", "string")
    for segment in segments:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": "sijill" if segment.context.path == "slug" else f"ع {segment.string.data}"},
        )
    translations.publish(translation)
    html = client.get("/ar/news/sijill/").content.decode()
    for name, (_value, expected) in found.items():
        for words in expected:
            assert f"ع {words}" in html, name
    assert 'class="n">17' in html
    french, arabic = ([block["value"] for block in each.body.raw_data] for each in (page, at(page, "ar")))
    assert [type(value) for value in french] == [type(value) for value in arabic]
    place = list(found).index("image")
    assert french[place]["image"] == arabic[place]["image"]


def test_translation_editor_opens_with_every_block(every, editor, client_of):
    page, _found = every
    translations.translate(page, ["ar"])
    stand_in = page.get_translations().get(locale__language_code="ar")
    answer = client_of(editor).get(f"/cms/pages/{stand_in.pk}/edit/")
    assert answer.status_code == 200
    assert "Avec registre" in answer.content.decode()  # as JSON, hence without an accent


@pytest.mark.parametrize("name", ASKING)
def test_ten_blocks_ask_the_database_as_often_as_one(name, article, client):
    target = article("fr", "But")
    value = kinds(target)[name][0]
    if name == "text":
        value = f'<p><a linktype="page" id="{target.pk}">ici</a></p>'
    for count, title in ((1, "Un"), (10, "Dix")):
        article("fr", title, body=body_of(*[(name, value)] * count))
    asked = []
    for slug in ("un", "dix"):
        client.get(f"/fr/news/{slug}/")  # makes the renditions
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/fr/news/{slug}/").status_code == 200
        asked.append([query["sql"] for query in queries])
    assert len(asked[0]) == len(asked[1]), asked[1]


def test_page_with_one_of_every_block_fetches_pictures_once_and_files_once(every, client, warm):
    page, _found = every
    client.get(page.url)  # makes the renditions, keeps menus and settings
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{page.url}?uncached").status_code == 200
    asked = [query["sql"] for query in queries]
    for table in ("wagtailimages_image", "wagtaildocs_document"):
        assert len([sql for sql in asked if f'FROM "{table}" ' in sql]) == 1, table
    assert len(asked) <= 13, asked  # 12 for what anybody writes; here is everything at once
