"""Whoever uploads is told what was taken out, and what stays."""

import pytest
from django.utils.translation import override

from files.cleaning import Note, cleaned, cleaned_document, told
from tests.files import samples
from tests.files.pictures import upload
from tests.files.test_documents import SAMPLES
from tests.files.test_documents import upload as named

PHOTO = {"place", "device", "time", "properties"}
NOTED = {
    "rapport.pdf": {*PHOTO, "people", "attachments", "scripts", "comments"},
    "rapport.docx": {*PHOTO, "people", "links", "preview", "comments", "changes"},
    "tableau.xlsx": {"people", "device", "properties", "comments"},
    "rapport.odt": {*PHOTO, "people", "links", "preview", "comments"},
    "livre.epub": {*PHOTO, "people"},
    "voix.mp3": {"people", "preview", "properties"},
    "voix.ogg": {"place", "people"},
    "voix.wav": {"people", "device", "time", "properties"},
    "voix.m4a": {"place", "device", "time", "tracks", "properties"},
    "film.mp4": {"place", "device", "time", "tracks", "properties"},
    "film.webm": {"device", "time", "attachments", "properties"},
    "lettre.rtf": {*PHOTO, "people"},
}


def notes(clean) -> set[str]:
    return {*clean.removed, *clean.staying}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_planted_is_named_and_a_clean_file_gives_no_cause(name):
    first = cleaned_document(named(name, SAMPLES[name]()))
    assert notes(first) == NOTED[name]
    again = cleaned_document(named(name, first.content.read()))
    assert again.removed == (() if name != "livre.epub" else again.removed)
    assert again.staying == first.staying


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_photograph_is_said_to_have_held_place_and_device(kind):
    assert {Note.PLACE, Note.DEVICE, Note.TIME} <= set(cleaned(upload(kind)).removed)
    again = cleaned(upload("JPEG", content=cleaned(upload(kind)).content.read()))
    assert again.removed == () and told([again]) == []


def test_earlier_versions_of_a_pdf_are_named():
    once = cleaned_document(named("a.pdf", samples.pdf())).content.read()
    xref = once.rindex(b"xref\n", 0, once.rindex(b"startxref"))
    later = once + b"\nxref\n0 0\n" + once[once.rindex(b"trailer") :].replace(
        b"/Root", f"/Prev {xref} /Root".encode(), 1
    ).replace(str(xref).encode() + b"\n%%EOF", str(len(once) + 1).encode() + b"\n%%EOF")  # fmt: skip
    assert cleaned_document(named("a.pdf", later)).removed == (Note.VERSIONS,)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Taken out of “\u2068photo.jpg\u2069”: the place where it was made, the name of the camera, "
               "telephone or program, the hour when it was made, titles, keywords and other properties."),
        ("ar", "حُذف من «\u2068photo.jpg\u2069»: مكان الإنشاء، اسم الكاميرا أو الهاتف أو البرنامج، وقت الإنشاء، "
               "العنوان والكلمات المفتاحية وخصائص أخرى."),
    ],
)  # fmt: skip
def test_it_is_said_in_the_readers_language(language, sentence):
    clean = cleaned(upload())
    with override(language):
        assert told([clean]) == [sentence]


def test_files_alike_share_a_sentence_and_remarks_have_their_own():
    alike = [cleaned(upload(name=name)) for name in ("a.jpg", "b.jpg")]
    remarked = cleaned_document(named("rapport.docx", samples.docx()))
    plain = cleaned_document(named("a.txt", b"words"))
    sentences = told([*alike, plain, remarked])
    assert len(sentences) == 3
    assert "a.jpg" in sentences[0] + sentences[1] and "b.jpg" in sentences[0] + sentences[1]
    assert sentences[2].startswith("Still in “\u2068rapport.docx\u2069”") and "remarks" in sentences[2]
