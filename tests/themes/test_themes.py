"""A theme has one row and a name in every language, edited in one form of the CMS."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from themes.models import Theme, ThemeName

pytestmark = pytest.mark.django_db


def test_name_follows_the_reader_and_falls_back():
    theme = Theme.objects.create(slug="custody")
    assert theme.name == "custody"
    ThemeName.objects.create(theme=theme, language="fr", name="Garde à vue")
    with override("nl"):
        assert Theme.objects.get(slug="custody").name == "Garde à vue"
    ThemeName.objects.create(theme=theme, language="en", name="Custody")
    with override("nl"):
        assert Theme.objects.get(slug="custody").name == "Custody"


def test_names_come_with_the_themes(django_assert_num_queries):
    for number in range(5):
        ThemeName.objects.create(
            theme=Theme.objects.create(slug=f"t{number}"), language="en", name=f"T {number}"
        )
    with django_assert_num_queries(2):
        names = [theme.name for theme in Theme.objects.with_names()]
    assert {f"T {number}" for number in range(5)} <= set(names)


def test_editor_adds_a_theme_with_its_names(editor, client_of):
    names = [{"language": "fr", "name": "Garde à vue"}, {"language": "ar", "name": "الاحتجاز"}]
    data = nested_form_data({"slug": "custody", "names": inline_formset(names)})
    answer = client_of(editor).post(reverse("wagtailsnippets_themes_theme:add"), data)
    assert answer.status_code == 302
    assert Theme.objects.get(slug="custody").names.count() == 2


def test_translator_edits_no_theme(translator_ar, client_of):
    answer = client_of(translator_ar).get(reverse("wagtailsnippets_themes_theme:add"))
    assert answer.status_code in (302, 403)
