"""Blocks: addresses, pictures with words, nothing inline."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from config.templatetags.face import size_in_words
from news.blocks import BodyBlock, in_reader_language, is_address
from news.blocks.changes import QuestionIntoFaq
from tests.news.blocks.kinds import document, image, items, raw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["https://example.org/x", "/account/signup/", "/en/about/"])
def test_address_of_ours_or_https_is_taken(address):
    is_address(address)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "http://example.org", "about", 'https://x"onclick', " /x"],
)
def test_other_address_is_refused(address):
    with pytest.raises(ValidationError):
        is_address(address)


def test_path_without_a_language_gets_the_readers():
    with override("ar"):
        assert in_reader_language("/account/signup/") == "/ar/account/signup/"
        assert in_reader_language("/fr/about/") == "/fr/about/"
        assert in_reader_language("/files/x/y") == "/files/x/y"
        assert in_reader_language("https://example.org/") == "https://example.org/"


def cleaned(name, value):
    block = BodyBlock().child_blocks[name]
    return block.clean(block.to_python(value))


def test_picture_without_words_is_refused_unless_it_is_decoration():
    picture = {"image": image().pk, "alt": " ", "decorative": False}
    good = {**picture, "alt": "Un motif"}
    for name, value in (("image", picture), ("pair", {"first": good, "second": picture})):
        with pytest.raises(ValidationError):
            cleaned(name, value)
    decoration = cleaned("image", {**good, "decorative": True})
    assert decoration["alt"] == ""
    assert cleaned("pair", {"first": good, "second": {**picture, "decorative": True}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("audio", {"title": "x", "document": "guide.pdf"}),
        ("video", {"title": "x", "document": "son.mp3"}),
        ("video", {"title": "x", "document": "film.mp4", "url": "https://video.example/1"}),
        ("video", {"title": "x"}),
        ("video", {"title": "x", "url": "/films/1"}),
        ("video", {"title": "x", "url": "http://video.example/1"}),
        ("table", {"table": {"caption": " ", "columns": [], "rows": []}}),
        ("table", {"table": {"caption": "x", "columns": [{"type": "text", "heading": "x"}] * 9, "rows": []}}),
        ("people", {"people": []}),
        ("related", {"pages": []}),
    ],
)
def test_block_that_makes_no_sense_is_refused(name, value):
    if "document" in value:
        value = {**value, "document": document(value["document"]).pk}
    with pytest.raises(ValidationError):
        cleaned(name, value)


def test_film_elsewhere_is_a_link_that_says_where_it_leads(article, client):
    film = {"title": "Un matin", "url": "https://video.example/w/1", "poster": image().pk}
    article("fr", "Film", body=BodyBlock().to_python([raw("video", film)]))
    html = client.get("/fr/news/film/").content.decode()
    assert 'href="https://video.example/w/1" rel="noopener noreferrer external"' in html
    assert '<bdi dir="ltr">video.example</bdi>' in html
    assert "<iframe" not in html and "<video" not in html and html.count("video.example") == 2


def test_file_shows_type_size_and_language_before_it_is_fetched(article, client):
    value = {"document": document("guide.pdf").pk, "title": "", "language": "ar"}
    article("fr", "Fichier", body=BodyBlock().to_python([raw("file", value)]))
    html = client.get("/fr/news/fichier/").content.decode()
    with override("fr"):
        size = size_in_words(4)
    for piece in ("Titre de guide.pdf", "<bdi>PDF</bdi>", size, "العربية", "download"):
        assert piece in html


def test_block_whose_file_was_deleted_is_silent(article, client):
    files = {name: document(name) for name in ("a.pdf", "a.mp3", "a.mp4")}
    body = [raw("file", {"document": files["a.pdf"].pk}), raw("audio", {"title": "x", "document": files["a.mp3"].pk}),
            raw("video", {"title": "x", "document": files["a.mp4"].pk})]  # fmt: skip
    article("fr", "Perdu", body=BodyBlock().to_python(body))
    for file in files.values():
        file.delete()
    html = client.get("/fr/news/perdu/").content.decode()
    assert "/documents/" not in html and "<audio" not in html and "<video" not in html


def test_page_that_is_not_open_to_all_is_not_named_elsewhere(article, client):
    closed, draft = article("fr", "Clos"), article("fr", "Brouillon", live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    link = f'<p><a linktype="page" id="{closed.pk}">ici</a></p>'
    related = {"title": "", "pages": items(closed.pk, draft.pk, article("fr", "Ouvert").pk)}
    body = [raw("text", link), raw("related", related), raw("cta", {"text": "Aller", "page": closed.pk})]
    article("fr", "Liens", body=BodyBlock().to_python(body))
    html = client.get("/fr/news/liens/").content.decode()
    assert "Ouvert" in html and "Clos" not in html and "clos/" not in html and "brouillon" not in html


def test_question_alone_becomes_a_list_of_one():
    old = raw("question", {"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"})
    (new,) = BodyBlock().to_python(QuestionIntoFaq().apply([old]))
    assert (new.block_type, new.id) == ("faq", old["id"])
    assert new.value["questions"][0]["question"] == "Pourquoi ?"


def test_call_needs_one_aim():
    block = BodyBlock().child_blocks["cta"]
    for value in ({"text": "Go", "page": None, "url": ""}, {"text": "", "page": None, "url": "/x/"}):
        with pytest.raises(ValidationError):
            block.clean(block.to_python(value))


def test_body_draws_every_block_without_anything_inline(article, client):
    picture = image()
    article(
        "fr",
        "Tout",
        body=[
            ("heading", "Titre"),
            ("text", "<p>Un <b>mot</b>.</p>"),
            ("quote", {"text": "Dit", "author": "Fatou"}),
            ("image", {"image": picture, "alt": "Un motif", "caption": "Légende", "credit": "Nadia"}),
            ("cta", {"text": "Aller", "page": None, "url": "/account/signup/"}),
            ("faq", {"questions": [{"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"}]}),
        ],
    )
    html = client.get("/fr/news/tout/").content.decode()
    main = html.split("<main", 1)[1]
    for piece in ("<h2>Titre</h2>", "<footer>Fatou</footer>", 'alt="Un motif"', "Légende", "/fr/account/signup/",
                  "<summary>Pourquoi ?<svg", "Parce que."):  # fmt: skip
        assert piece in main
    assert 'loading="lazy"' in main and "srcset=" in main and 'width="800"' in main and ".webp" in main
    assert " style=" not in html and " onclick" not in html and "<script>" not in html


def test_links_lead_to_the_readers_own_tree(article, client):
    from wagtail.models import Page

    target = article("fr", "But")
    link = f'<p><a linktype="page" id="{target.pk}">ici</a> <a linktype="page" id="999999">nulle part</a></p>'
    article(
        "fr",
        "Départ",
        slug="depart",
        body=[("text", link), ("cta", {"text": "Par ici", "page": target, "url": ""})],
    )
    for code in ("fr", "ar"):
        html = client.get(f"/{code}/news/depart/").content.decode()
        # In the text, in the call, and among what to read next.
        assert html.count(f'href="/{code}/news/but/"') == 3
        assert "<a>nulle part</a>" in html
    Page.objects.get(pk=target.pk).unpublish()
    html = client.get("/fr/news/depart/").content.decode()
    assert "/news/but/" not in html and "Par ici" not in html
