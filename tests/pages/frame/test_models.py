"""The two forms under "Settings", as an editor fills them in."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from pages.frame.models import Menus, SiteSettings

pytestmark = pytest.mark.django_db


def address(model):
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["pages", model._meta.model_name, site.pk])


def test_editor_sets_texts_in_every_language(editor, client_of):
    client = client_of(editor)
    form = client.get(address(SiteSettings)).context["form"]
    wanted = {f"name_{code}": f"Nom {code}" for code in ("en", "fr", "ar", "nl")}
    filled = dict.fromkeys(form.fields, "") | wanted | {"accent": "blue"}
    answer = client.post(address(SiteSettings), filled)
    assert answer.status_code == 302
    saved = SiteSettings.objects.get()
    assert {code: texts["name"] for code, texts in saved.words.items()} == {
        code: f"Nom {code}" for code in ("en", "fr", "ar", "nl")
    }
    again = client.get(address(SiteSettings)).context["form"]
    assert again["name_ar"].value() == "Nom ar" and again["accent"].value() == "blue"
    assert again.fields["name_ar"].widget.attrs["dir"] == "rtl"


def test_text_that_is_too_long_is_refused_and_kept_in_the_form(editor, client_of):
    client = client_of(editor)
    form = client.get(address(SiteSettings)).context["form"]
    filled = dict.fromkeys(form.fields, "") | {"name_fr": "x" * 61, "accent": "blue"}
    answer = client.post(address(SiteSettings), filled)
    assert answer.status_code == 200 and answer.context["form"].errors["name_fr"]
    assert answer.context["form"]["name_fr"].value() == "x" * 61
    assert not SiteSettings.objects.filter(accent="blue").exists()


def test_colour_outside_the_choice_is_refused(editor, client_of):
    client = client_of(editor)
    form = client.get(address(SiteSettings)).context["form"]
    answer = client.post(address(SiteSettings), dict.fromkeys(form.fields, "") | {"accent": "#ff0"})
    assert answer.context["form"].errors["accent"]


def entry(**value):
    return {"count": 1, "0-deleted": "", "0-order": "0", "0-type": "entry", "0-id": ""} | {
        f"0-value-{name}": each for name, each in value.items()
    }


def sent(**value):
    fields = {f"main-{name}": each for name, each in entry(**value).items()}
    return fields | {"footer-count": "0"}


def test_editor_arranges_the_menu(editor, client_of):
    client = client_of(editor)
    client.get(address(Menus))
    answer = client.post(address(Menus), sent(page="", url="/events/", **{"labels-fr": "Rencontres"}))
    assert answer.status_code == 302
    assert [child.value["url"] for child in Menus.objects.get().main] == ["/events/"]


@pytest.mark.parametrize(
    "value",
    [
        {"page": "", "url": ""},
        {"page": "", "url": "/events/"},
        {"page": "", "url": "javascript:alert(1)", "labels-fr": "x"},
        {"page": "1", "url": "/events/", "labels-fr": "x"},
    ],
)
def test_entry_without_one_aim_and_its_words_is_refused(value, editor, client_of):
    client = client_of(editor)
    client.get(address(Menus))
    answer = client.post(address(Menus), sent(**value))
    assert answer.status_code == 200 and not Menus.objects.get().main


@pytest.mark.parametrize("person", ["translator_ar", "member", "staff"])
@pytest.mark.parametrize("model", [SiteSettings, Menus])
def test_only_editors_set_the_frame(person, model, cast, client_of):
    assert client_of(cast[person]).get(address(model)).status_code in (302, 403)


def test_reading_the_settings_makes_no_row(client):
    client.get("/fr/")
    assert not SiteSettings.objects.exists() and not Menus.objects.exists()
