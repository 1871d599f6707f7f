"""Public pages made for one test."""

import pytest
from wagtail.models import Locale

from news.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage


def locale(code):
    return Locale.objects.get(language_code=code)


@pytest.fixture
def article(db, django_capture_on_commit_callbacks):
    """`article("fr", "Titre", live=True)`: an article in that language, published through its revision."""

    def make(code="fr", title="Un registre", live=True, **fields):
        index = NewsIndexPage.objects.get(locale=locale(code))
        body = [
            ("heading", "Sous-titre"),
            ("text", "<p>Premier paragraphe.</p><p>Second <b>paragraphe</b>.</p>"),
        ]
        page = NewsPage(**{"title": title, "intro": "En deux mots.", "body": body, **fields}, live=False)
        with django_capture_on_commit_callbacks(execute=True):
            index.add_child(instance=page)
            if live:
                page.save_revision().publish()
        return NewsPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def resource(db):
    def make(code="fr", title="Un guide", **fields):
        page = ResourcePage(title=title, intro="Pour tous.", live=False, **fields)
        ResourceIndexPage.objects.get(locale=locale(code)).add_child(instance=page)
        page.save_revision().publish()
        return ResourcePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def at(db):
    """The page at the place of `page` in another language."""
    return lambda page, code: page.get_translation(locale(code)).specific
