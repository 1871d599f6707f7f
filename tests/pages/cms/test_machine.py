"""The button "Draft by machine", at wagtail-localize's own address."""

import pytest

from pages import translations
from tests.pages.machine import conftest as manners
from tests.pages.machine.conftest import translation_server

__all__ = ["translation_server"]
pytestmark = pytest.mark.django_db


def button(translation):
    return f"/cms/localize/translate/{translation.pk}/machine_translate/"


@pytest.fixture
def press(client_of, django_capture_on_commit_callbacks):
    def do(person, translation):
        client = client_of(person)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(button(translation))
        answer = client.get(f"/cms/translations/reading/{translation.pk}/")
        return answer.content.decode()

    return do


def test_button_drafts_publishes_nothing_and_says_whom_it_asked(
    begun, translation_server, press, translator_ar, at
):
    translation = begun()
    html = press(translator_ar, translation)
    assert "127.0.0.1 is drafting the passages that are still empty." in html
    assert "5 passages were drafted by a machine." in html
    assert translations.machine_drafts(translation).count() == 5
    assert translation.get_target_instance().alias_of_id


def test_trouble_is_said_in_words(begun, translation_server, press, translator_ar):
    translation_server.behave = manners.status(500)
    assert "127.0.0.1 has a fault of its own. Nothing was changed" in press(translator_ar, begun())


def test_page_says_before_how_much_is_sent_and_where(begun, translation_server, translator_ar, client_of):
    html = client_of(translator_ar).get(f"/cms/translations/reading/{begun().pk}/").content.decode()
    assert "Sends the 5 empty passages of this page to 127.0.0.1, and nothing else." in html


def test_off_there_is_no_button(begun, settings, translator_ar, client_of):
    settings.MACHINE_TRANSLATION_URL = ""
    translation = begun()
    html = client_of(translator_ar).get(f"/cms/translations/reading/{translation.pk}/").content.decode()
    assert button(translation) not in html
    assert client_of(translator_ar).get(button(translation)).status_code == 405
