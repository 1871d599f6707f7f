import pytest
from django.contrib.auth import get_user_model

from pages import translations
from tests.public_pages import article, at, locale, resource

__all__ = ["article", "at", "locale", "resource"]


@pytest.fixture
def begun(article):
    """`begun("ar", **fields)`: the translation of a French article, begun and still empty but for its address."""

    def make(code="ar", **fields):
        (translation,) = translations.translate(article("fr", **fields), [code])
        return translation

    return make


@pytest.fixture
def glossary(db):
    """`glossary(fr="garde à vue", ar="…")`; a wording may be a dict of its fields."""
    from pages.models import Term, Wording

    def make(**wordings):
        term = Term.objects.create()
        for language, words in wordings.items():
            fields = words if isinstance(words, dict) else {"words": words}
            Wording.objects.create(term=term, language=language, **fields)
        return term

    return make


@pytest.fixture
def english_cms(db):
    """The CMS speaks the person's language: for tests that look for its words."""
    get_user_model().objects.update(language="en")
