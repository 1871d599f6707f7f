"""Blocks: addresses, pictures with words, nothing inline."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from news.blocks import BodyBlock, in_reader_language, is_address

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


def test_picture_without_words_is_refused():
    block = BodyBlock().child_blocks["image"]
    image = Image.objects.create(title="x", file=get_test_image_file())
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"image": image.pk, "alt": "", "caption": "", "credit": ""}))


def test_call_needs_one_aim():
    block = BodyBlock().child_blocks["cta"]
    for value in ({"text": "Go", "page": None, "url": ""}, {"text": "", "page": None, "url": "/x/"}):
        with pytest.raises(ValidationError):
            block.clean(block.to_python(value))


def test_body_draws_every_block_without_anything_inline(article, client):
    image = Image.objects.create(title="x", file=get_test_image_file(size=(1300, 900)))
    article(
        "fr",
        "Tout",
        body=[
            ("heading", "Titre"),
            ("text", "<p>Un <b>mot</b>.</p>"),
            ("quote", {"text": "Dit", "author": "Fatou"}),
            ("image", {"image": image, "alt": "Un motif", "caption": "Légende", "credit": "Nadia"}),
            ("cta", {"text": "Aller", "page": None, "url": "/account/signup/"}),
            ("question", {"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"}),
        ],
    )
    html = client.get("/fr/news/tout/").content.decode()
    main = html.split("<main", 1)[1]
    for piece in ("<h2>Titre</h2>", "<footer>Fatou</footer>", 'alt="Un motif"', "Légende", "/fr/account/signup/",
                  "<summary>Pourquoi ?</summary>", "Parce que."):  # fmt: skip
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
