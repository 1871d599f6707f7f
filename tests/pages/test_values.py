"""Another picture, link or file for one language: chosen, published, kept through a re-sync, refused when wrong."""

import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail_localize.models import SegmentOverride

from news.models import NewsPage
from news.resources.models import ResourcePage
from pages import translations, values
from pages.passages import Change, passages, write
from tests.news.blocks.kinds import document, image, items
from tests.pages.conftest import locale

pytestmark = pytest.mark.django_db


def begin(page, code="ar"):
    """Begun, with words for every passage."""
    (translation,) = translations.translate(page, [code])
    rows = passages(translation)
    words = [Change(row, row.source if row.is_address else row.source + " ع") for row in rows]
    write(translation, words, by=None)
    return translation


def segment(translation, path):
    """By the end of its path: ids of blocks are in between."""
    rows = translation.source.overridablesegment_set.select_related("context")
    return next(row for row in rows if row.context.path.endswith(path))


@pytest.fixture
def choose(client_of):
    """As wagtail-localize's editor sends it."""
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    def do(person, translation, path, value, verb="put"):
        address = f"/cms/localize/translate/{translation.pk}/overrides/{segment(translation, path).pk}/edit/"
        body = encode_multipart(BOUNDARY, {"value": value})
        return getattr(client_of(person), verb)(address, body, content_type=MULTIPART_CONTENT)

    return do


def with_blocks(article, name, value):
    page = article("fr", title=f"Page {name}", slug=f"page-{name}")
    kind = "text" if name == "linked" else name
    page.body = page._meta.get_field("body").stream_block.to_python([{"type": kind, "value": value}])
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def blocks_of(name):
    """A block with what a translator may replace: (value, end of its path, the other value)."""
    from wagtail.models import Page

    other_page = Page.objects.filter(locale__language_code="ar", depth=3).first()
    first, other = image("un"), image("deux")
    described = {"alt": "Un motif", "decorative": False}
    return {
        "image": lambda: ({"image": first.pk, **described, "caption": "", "credit": ""}, ".image", other.pk),
        "pair": lambda: (
            {"first": {"image": first.pk, **described}, "second": {"image": first.pk, **described},
             "caption": "", "credit": ""}, ".second.image", other.pk,
        ),
        "people": lambda: (
            {"people": items({"name": "Nadia", "role": "", "image": first.pk, "text": ""})}, ".image", other.pk,
        ),
        "file": lambda: (
            {"document": document("un.pdf").pk, "title": "Le guide", "language": "fr"}, ".document",
            document("deux.pdf").pk,
        ),
        "audio": lambda: (
            {"document": document("un.mp3").pk, "title": "Son", "transcript": ""}, ".document", document("deux.mp3").pk,
        ),
        "video": lambda: (
            {"title": "Film", "document": None, "url": "https://video.example/w/1", "poster": first.pk,
             "transcript": ""}, ".url", "https://video.example/w/2",
        ),
        "cta": lambda: ({"text": "Aller", "page": None, "url": "/account/signup/"}, ".url", "https://example.org/ar"),
        "related": lambda: (
            {"title": "", "pages": items(Page.objects.filter(locale__language_code="fr", depth=3).first().pk)},
            "", other_page.pk,
        ),
        "text": lambda: (
            '<p>Voir <a href="https://example.org/fr">le guide</a>.</p>', "'https://example.org/fr'",
            "https://example.org/ar",
        ),
        "linked": lambda: (linked(document("un.pdf")), "'", document("deux.pdf").pk),
    }[name]()  # fmt: skip


def linked(*documents):
    links = [f'Lire <a id="{one.pk}" linktype="document">la fiche {one.pk}</a>.' for one in documents]
    return f"<p>{' '.join(links)}</p>"


def leaves(value):
    """Every value of a body as it is saved, without the ids of its blocks."""
    if isinstance(value, dict):
        return [leaf for key, each in value.items() if key != "id" for leaf in leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [value]


def holds(page, other):
    found = leaves([*page.body.get_prep_value()])
    return other in found or any(
        isinstance(one, str) and (f'href="{other}"' in one or f'id="{other}" linktype' in one)
        for one in found
    )


@pytest.mark.parametrize(
    "name", ["image", "pair", "people", "file", "audio", "video", "cta", "related", "text", "linked"]
)
def test_every_block_takes_another_value_and_keeps_it_through_a_resync(
    name, article, at, choose, translator_ar
):
    value, path, other = blocks_of(name)
    page = with_blocks(article, name, value)
    translation = begin(page)
    answer = choose(translator_ar, translation, path, other)
    assert answer.status_code == 200 and not answer.json()["error"]
    translations.publish(translation)
    there = at(page, "ar")
    assert holds(there, other) and not holds(NewsPage.objects.get(pk=page.pk), other)
    assert Client().get(there.url).status_code == 200

    page.intro = "Autrement dit."
    page.save_revision().publish()
    write(translation, [Change(row, "غير ذلك") for row in passages(translation) if not row.words], by=None)
    translations.publish(translation)
    assert holds(at(page, "ar"), other)
    assert at(page, "nl").alias_of_id and not holds(at(page, "nl"), other)


def test_picture_and_its_words_are_others_in_another_language(article, at, choose, translator_ar):
    page = article("fr", picture=image("un"), picture_alt="Un registre ouvert")
    translation, other = begin(page), image("deux")
    choose(translator_ar, translation, "picture", other.pk)
    translations.publish(translation)
    there = at(page, "ar")
    assert (there.picture_id, there.picture_alt) == (other.pk, "Un registre ouvert ع")
    html = Client().get(there.url).content.decode()
    assert "deux" in html and 'alt="Un registre ouvert ع"' in html


def test_file_of_a_resource_is_another_one_in_its_own_language(resource, at, choose, translator_ar):
    page = resource("fr", document=document("un.pdf"), file_language="fr")
    translation, other = begin(page), document("deux.pdf")
    choose(translator_ar, translation, "document", other.pk)
    translations.publish(translation)
    there = ResourcePage.objects.get(pk=at(page, "ar").pk)
    assert (there.document_id, there.file_language) == (other.pk, "ar")
    html = Client().get(there.url).content.decode()
    assert "deux" in html
    page.refresh_from_db()
    assert page.file_language == "fr"


def test_file_block_is_said_to_be_in_its_language(article, at, choose, translator_ar):
    value, path, other = blocks_of("file")
    page = with_blocks(article, "file", value)
    translation = begin(page)
    choose(translator_ar, translation, path, other)
    translations.publish(translation)
    assert at(page, "ar").body[0].value["language"] == "ar"


def test_file_that_is_the_sources_keeps_its_language(resource, at):
    page = resource("fr", document=document("un.pdf"), file_language="fr")
    translations.publish(begin(page))
    assert ResourcePage.objects.get(pk=at(page, "ar").pk).file_language == "fr"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("image", "999999"), ("image", "x"), ("image", ""), ("image", "²"), ("audio", "pdf"), ("related", "1"),
        ("cta", "javascript:alert(1)"), ("cta", "//example.org"), ("cta", "x" * 600), ("cta", ""),
        ("video", "http://video.example/"), ("text", "javascript:alert(1)"), ("text", 'https://x"onclick="y'),
        ("text", ""), ("text", "mailto:"), ("linked", "999999"), ("linked", "https://example.org/"),
    ],
)  # fmt: skip
def test_wrong_value_is_refused_in_words_and_not_kept(name, wrong, article, choose, translator_ar):
    value, path, _other = blocks_of(name)
    translation = begin(with_blocks(article, name, value))
    wrong = document("trois.pdf").pk if wrong == "pdf" else wrong
    answer = choose(translator_ar, translation, path, wrong)
    assert answer.status_code == 200 and answer.json()["error"]
    assert not SegmentOverride.objects.exists()


def test_values_that_changed_in_the_source_are_called_by_their_names(article, at, client_of, translator_ar):
    from django.urls import reverse

    page = with_blocks(article, "linked", linked(document("un.pdf")))
    translations.publish(begin(page))
    page.picture, page.picture_alt = image("carte"), "x"
    page.body = [("text", linked(document("deux.pdf")))]
    page.save_revision().publish()
    answer = client_of(translator_ar).get(reverse("pages_translation", args=[page.pk, "ar"]))
    shown = {(before, now) for _field, before, now in answer.context["values"]}
    assert shown == {(None, "carte"), (None, "Titre de deux.pdf")}


def test_file_in_running_text_is_another_one_for_readers_of_another_language(
    article, at, choose, translator_ar
):
    first, stays, other = document("un.pdf"), document("reste.pdf"), document("deux.pdf")
    answer = {"question": "Où ?", "answer": linked(first, stays, first)}
    page = with_blocks(article, "faq", {"questions": items(answer)})
    translation = begin(page)
    assert Client().get(other.url).status_code == 404
    assert not choose(translator_ar, translation, f"answer.'document:{first.pk}'", other.pk).json()["error"]
    translations.publish(translation)
    html = Client().get(at(page, "ar").url).content.decode()
    assert (html.count(other.url), html.count(stays.url), html.count(first.url)) == (2, 1, 0)
    assert Client().get(other.url).status_code == 200
    other.delete()
    translations.publish(translation)
    assert Client().get(at(page, "ar").url).content.decode().count(first.url) == 2


def test_editor_chooses_the_file_in_running_text_and_shows_the_same_words_once(
    article, client_of, translator_ar, at
):
    import json
    import re
    from html import unescape

    page = with_blocks(article, "text", linked(document("un.pdf")) + "<p>Encore</p><p>Encore</p>")
    begin(page)
    html = client_of(translator_ar).get(f"/cms/pages/{at(page, 'ar').pk}/edit/").content.decode()
    segments = json.loads(unescape(re.search(r'data-props="([^"]*)"', html)[1]))["segments"]
    (file,) = [one for one in segments if "'document:" in one["contentPath"]]
    assert file["location"]["widget"] == {"type": "document_chooser"}
    assert [one["source"] for one in segments if one["type"] == "string"].count("Encore") == 1


def test_choice_for_a_picture_is_none_for_a_file_of_the_same_number(article, choose, translator_ar):
    picture = image("un")
    file = Document.objects.create(pk=picture.pk, title="x", file="x.pdf")
    page = article("fr", picture=picture, picture_alt="x")
    choose(translator_ar, begin(page), "picture", image("deux").pk)
    page.body = [("text", linked(file))]
    page.save_revision().publish()
    assert list(SegmentOverride.objects.values_list("context__path", flat=True)) == ["picture"]


def test_link_may_lead_to_a_mail_address(article, choose, translator_ar):
    value, path, _other = blocks_of("text")
    translation = begin(with_blocks(article, "text", value))
    assert not choose(translator_ar, translation, path, "mailto:bonjour@example.org").json()["error"]


def test_other_languages_people_choose_nothing(article, choose, translator_ar, stranger):
    page = article("fr", picture=image("un"), picture_alt="x")
    dutch, other = begin(page, "nl"), image("deux")
    assert choose(translator_ar, dutch, "picture", other.pk).status_code in (302, 403)
    assert choose(stranger, dutch, "picture", other.pk).status_code in (302, 403)
    assert not SegmentOverride.objects.exists()


def test_picture_deleted_since_is_the_sources_again_and_publishing_goes_on(
    article, at, choose, translator_ar
):
    page = article("fr", picture=image("un"), picture_alt="x")
    translation, other = begin(page), image("deux")
    choose(translator_ar, translation, "picture", other.pk)
    other.delete()
    translations.publish(translation)
    assert at(page, "ar").picture_id == page.picture_id
    assert not SegmentOverride.objects.exists()


def test_choice_taken_back_is_the_sources_again(article, at, choose, translator_ar):
    page = article("fr", picture=image("un"), picture_alt="x")
    translation = begin(page)
    choose(translator_ar, translation, "picture", image("deux").pk)
    assert choose(translator_ar, translation, "picture", "", verb="delete").status_code == 200
    translations.publish(translation)
    assert at(page, "ar").picture_id == page.picture_id


def test_place_of_finds_nothing_where_nothing_is(article):
    page = article("fr")
    assert values.place_of(page, "nowhere") is None
    assert values.place_of(page, "body.x.image") is None
    assert values.place_of(page, f"body.{page.body[0].id}.image") is None
    assert Document.objects.count() == 0 and locale("ar")
