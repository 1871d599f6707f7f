"""PO files at wagtail-localize's own addresses."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import StringTranslation

pytestmark = pytest.mark.django_db


def base(translation):
    return f"/cms/localize/translate/{translation.pk}/pofile"


def send(client, translation, content):
    file = SimpleUploadedFile("x.po", content)
    return client.post(f"{base(translation)}/upload/", {"file": file}, follow=True)


def test_file_goes_out_and_comes_back(begun, translator_ar, client_of):
    translation, client = begun(), client_of(translator_ar)
    answer = client.get(f"{base(translation)}/download/")
    assert answer["Content-Disposition"] == f'attachment; filename="un-registre-{translation.pk}.ar.po"'
    content = answer.content.replace(
        b'msgid "Un registre"\nmsgstr ""', 'msgid "Un registre"\nmsgstr "سجل"'.encode()
    )
    assert "1 passage taken in." in send(client, translation, content).content.decode()
    assert StringTranslation.objects.get(data="سجل").last_translated_by == translator_ar


def test_faults_are_listed_and_nothing_is_saved(begun, translator_ar, client_of):
    translation, client = begun(), client_of(translator_ar)
    before = StringTranslation.objects.count()
    for content in (b"nonsense", b"x" * 25_000_000, b"", 'msgid "à"'.encode("latin-1")):
        answer = send(client, translation, content)
        assert answer.status_code == 422 and "Nothing was changed." in answer.content.decode()
    assert client.post(f"{base(translation)}/upload/").status_code == 422
    assert StringTranslation.objects.count() == before


def test_archive_of_a_language_holds_its_pages(begun, translator_ar, client_of):
    begun()
    client = client_of(translator_ar)
    archive = zipfile.ZipFile(io.BytesIO(client.get("/cms/translations/po/ar.zip").content))
    assert len(archive.namelist()) == 1
    assert client.get("/cms/translations/po/xx.zip").status_code == 404
