"""Lists of news and resources: themes, pages, the Atom feed, files with their size."""

from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from news.index_page import PER_PAGE
from tests.pages.test_translations import translated
from themes.models import Theme, ThemeName

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    theme = Theme.objects.create(slug="custody")
    for code, name in (("en", "Custody"), ("fr", "Garde à vue"), ("ar", "الاحتجاز")):
        ThemeName.objects.create(theme=theme, language=code, name=name)
    return theme


def test_theme_filters_in_the_language_of_the_reader(article, theme, client):
    article("fr", "Avec", themes=[theme])
    article("fr", "Sans rien")
    html = client.get("/fr/news/?theme=custody").content.decode()
    assert "Avec" in html and "Sans rien" not in html and "Garde à vue" in html
    # A stand-in keeps its source's themes, in the reader's words.
    assert "الاحتجاز" in client.get("/ar/news/avec/").content.decode()


def test_translation_keeps_the_themes(article, theme, at):
    page = article("fr", themes=[theme])
    from pages import translations
    from tests.pages.test_translations import ARABIC

    (translation,) = translations.translate(page, ["ar"])
    translations.publish(translations.fill(translation, ARABIC))
    assert list(at(page, "ar").themes.all()) == [theme]


def test_list_has_pages(article, client):
    for number in range(PER_PAGE + 1):
        article("fr", f"Article {number}")
    assert "?page=2" in client.get("/fr/news/").content.decode()
    second = client.get("/fr/news/?page=2").content.decode()
    assert second.count('<h2 class="title">') == 1


def test_empty_list_says_what_could_be_here(client):
    assert "Nothing here yet" in client.get("/en/news/").content.decode()


def test_feed_holds_what_is_written_in_that_language(article, client):
    translated(article)
    french = ElementTree.fromstring(client.get("/fr/news/atom/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in french.iter(f"{atom}entry")] == ["Un registre"]
    dutch = ElementTree.fromstring(client.get("/nl/news/atom/").content)
    assert not list(dutch.iter(f"{atom}entry"))


def document(name="registre.pdf", content=b"%PDF-1.4 small", title="Registre"):
    return Document.objects.create(title=title, file=ContentFile(content, name=name), file_size=len(content))


def test_resource_shows_type_and_size_and_is_fetched_as_what_it_is(resource, client):
    page = resource("fr", document=document(), file_language="fr", resource_kind="template", year=2026)
    html = client.get("/fr/resources/un-guide/").content.decode()
    assert "<bdi>PDF</bdi>" in html and "14" in html and page.document.url in html
    answer = client.get(page.document.url)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_sound_is_listened_to_in_the_page(resource, client):
    resource("ar", "صوت", slug="sawt", document=document("a.wav", b"RIFF"))
    assert "<audio" in client.get("/ar/resources/sawt/").content.decode()
