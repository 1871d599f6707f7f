"""A theme has one row and a name in every language, edited in one form of the CMS."""

import pytest
from django.urls import reverse
from django.utils.translation import override

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


def form_of(theme=None):
    return reverse(f"wagtailsnippets_themes_theme:{'edit' if theme else 'add'}", args=theme and [theme.pk])


def names_of(theme):
    return dict(ThemeName.objects.filter(theme=theme).values_list("language", "name"))


def test_editor_names_a_theme_in_each_language(editor, client_of):
    client = client_of(editor)
    fields = client.get(form_of()).context["form"].fields
    written = {code: fields[f"name_{code}"].widget.attrs for code in ("en", "fr", "ar", "nl")}
    assert {code: attrs["lang"] for code, attrs in written.items()} == {code: code for code in written}
    assert {code for code, attrs in written.items() if attrs["dir"] == "rtl"} == {"ar"}

    sent = {
        "slug": "custody",
        "name_en": "",
        "name_fr": " Garde à vue ",
        "name_ar": "الاحتجاز",
        "name_nl": "",
    }
    assert client.post(form_of(), sent).status_code == 302
    theme = Theme.objects.get(slug="custody")
    assert names_of(theme) == {"fr": "Garde à vue", "ar": "الاحتجاز"}

    # One is changed, one taken away, one new; the one that is left alone keeps its row.
    before = theme.names.get(language="fr").pk
    form = client.get(form_of(theme)).context["form"]
    assert form["name_ar"].value() == "الاحتجاز"
    sent |= {"name_fr": "Garde à vue", "name_ar": "", "name_nl": "Bewaring"}
    assert client.post(form_of(theme), sent).status_code == 302
    assert names_of(theme) == {"fr": "Garde à vue", "nl": "Bewaring"}
    assert theme.names.get(language="fr").pk == before


@pytest.mark.parametrize("wrong", [{}, {"name_fr": "x" * 81}, {"name_ar": "   "}])
def test_theme_without_a_usable_name_is_refused_and_keeps_what_was_typed(wrong, editor, client_of):
    sent = {"slug": "custody", "name_en": "", "name_fr": "", "name_ar": "", "name_nl": ""} | wrong
    answer = client_of(editor).post(form_of(), sent)
    assert answer.status_code == 200 and not Theme.objects.filter(slug="custody").exists()
    form = answer.context["form"]
    assert form["slug"].value() == "custody" and form["name_fr"].value() == sent["name_fr"]
    assert list(form.errors) == (["name_fr"] if sent["name_fr"] else ["name_en"])


def test_translator_edits_no_theme(translator_ar, client_of):
    answer = client_of(translator_ar).get(reverse("wagtailsnippets_themes_theme:add"))
    assert answer.status_code in (302, 403)
