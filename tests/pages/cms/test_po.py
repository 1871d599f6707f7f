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


# A language's archive, back in ---------------------------------------------------------------------------------

ARCHIVE = "/cms/translations/po/"
NOBODYS = b"00000000-0000-0000-0000-000000000000"


def packed(files, method=zipfile.ZIP_DEFLATED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def send_archive(client, content):
    return client.post(ARCHIVE, {"file": SimpleUploadedFile("ar.zip", content)})


def outcomes(answer):
    """File -> passages taken in, or what is wrong with it."""
    return {one.name: one.count or " ".join(map(str, one.faults)) for one in answer.context["outcomes"]}


@pytest.fixture
def po_of():
    from pages.po.export import as_bytes, as_po

    def make(translation, words="سجل", source="Un registre"):
        file = as_po(translation)
        file.find(source).msgstr = words
        return as_bytes(file)

    return make


def test_archive_comes_back_with_a_word_about_each_file(begun, translator_ar, client_of, po_of):
    first, second, dutch = begun(), begun(title="Autre"), begun("nl", title="En néerlandais")
    broken = po_of(second, "كلمة", "Autre") + b"\nnonsense"
    answer = send_archive(
        client_of(translator_ar),
        packed({
            "ar/": b"", "__MACOSX/ar/._a.po": b"x", "ar/a.po": po_of(first), "ar/b.po": broken,
            "ar/again.po": po_of(first), "nl.po": po_of(dutch, "Register", "En néerlandais"),
            "x.txt": b"x", "../../evil.po": po_of(second, "كلمة", "Autre"), "latin.po": 'msgid "à"'.encode("latin-1"),
            "stranger.po": po_of(second, "كلمة", "Autre").replace(str(second.uuid).encode(), NOBODYS),
            "nobody.po": b'msgid ""\nmsgstr ""\n',
        }),
    )  # fmt: skip
    found = outcomes(answer)
    assert answer.status_code == 422
    assert found.pop("ar/a.po") == 1
    said = {
        "ar/b.po": "Line", "ar/again.po": "twice", "nl.po": "cannot write", "x.txt": "no PO file",
        "../../evil.po": "leads out", "latin.po": "UTF-8", "stranger.po": "not here", "nobody.po": "did not come",
    }  # fmt: skip
    assert found.keys() == said.keys()
    assert {name: words for name, words in said.items() if words not in found[name]} == {}
    assert set(StringTranslation.objects.exclude(context__path="slug").values_list("data", flat=True)) == {
        "سجل"
    }


def test_archive_that_is_none_or_too_much_changes_nothing(
    begun, translator_ar, client_of, po_of, monkeypatch
):
    from pages.po import archive

    client, good = client_of(translator_ar), po_of(begun())
    whole = packed({"a.po": good})
    stored = packed({"a.po": good}, zipfile.ZIP_STORED)
    locked = bytearray(whole)
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 5_000_000)
    bombs = {
        "1.po": b"\n" * 1_900_000,
        "2.po": b"\n" * 1_900_000,
        "3.po": b"\n" * 1_900_000,
        "4.po": b"\n" * 9_000_000,
    }
    for content in (
        b"", b"nonsense", whole[:-30], whole[:60], packed({}), packed({"a/": b""}),
        packed({f"{n}.po": b"" for n in range(501)}),
        b"x" * (archive.LARGEST_ARCHIVE + 1), bytes(locked), packed({"a.po": good}, zipfile.ZIP_LZMA),
        stored.replace(b"Un registre", b"Un Registre"), packed(bombs), packed({"a.po": packed({"b.po": good})}),
    ):  # fmt: skip
        answer = send_archive(client, content)
        assert answer.status_code == 422 and "Nothing was changed." in answer.content.decode()
    assert client.post(ARCHIVE).status_code == 422
    assert client.get(ARCHIVE).status_code == 405
    assert not StringTranslation.objects.exclude(context__path="slug").exists()


def test_archive_is_for_translators_of_a_language_that_is_on(
    begun, translator_ar, member, client_of, po_of, settings
):
    content = packed({"a.po": po_of(begun())})
    assert send_archive(client_of(member), content).status_code in (302, 403)
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français")]
    assert send_archive(client_of(translator_ar), content).status_code in (302, 403, 422)
    assert not StringTranslation.objects.exclude(context__path="slug").exists()


def test_board_offers_the_archives_of_my_languages(begun, translator_ar, client_of):
    html = client_of(translator_ar).get("/cms/translations/").content.decode()
    assert html.count('href="/cms/translations/po/') == 1 and "/po/ar.zip" in html
