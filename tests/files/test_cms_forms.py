"""Every way by which an editor can put a file into the CMS goes through the cleaners."""

import json

import pytest
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, UploadedFile

from tests.files import samples
from tests.files.pictures import picture, upload
from tests.files.samples import WHO
from tests.files.test_cleaning import bomb
from tests.files.test_documents import found
from tests.files.test_documents import upload as named

pytestmark = pytest.mark.django_db
XHR = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def editor(cast, client_of):
    return client_of(cast["editor"])


@pytest.fixture
def collection():
    return Collection.get_first_root_node().pk


def stored(row):
    with row.file.storage.open(row.file.name) as content:
        return content.read()


def test_document_uploaded_alone_is_clean(editor, collection):
    fields = {"title": "Rapport", "file": named("rapport.pdf", samples.pdf()), "collection": collection}
    editor.post(reverse("wagtaildocs:add"), fields)
    made = Document.objects.get()
    assert not found(stored(made))
    assert (made.file_size, made.title) == (len(stored(made)), "Rapport")


def test_one_of_many_documents_is_clean(editor, collection):
    answer = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Rapport", "files[]": named("rapport.docx", samples.docx()), "collection": collection},
        headers=XHR,
    )
    assert answer.json()["success"] is True
    assert not found(stored(Document.objects.get()))


def test_document_uploaded_while_choosing_is_clean(editor, collection):
    prefix = "document-chooser-upload"
    answer = editor.post(
        reverse("wagtaildocs_chooser:create"),
        {
            f"{prefix}-title": "Voix",
            f"{prefix}-file": named("voix.mp3", samples.mp3()),
            f"{prefix}-collection": collection,
        },
    )
    assert json.loads(answer.content)["step"] == "chosen"
    assert not found(stored(Document.objects.get()))


def test_document_put_in_place_of_another_is_clean(editor, collection):
    fields = {"title": "Rapport", "file": named("rapport.pdf", samples.pdf()), "collection": collection}
    editor.post(reverse("wagtaildocs:add"), fields)
    made = Document.objects.get()
    fields["file"] = named("autre.odt", samples.odt())
    editor.post(reverse("wagtaildocs:edit", args=[made.pk]), fields)
    made.refresh_from_db()
    assert made.filename == "autre.odt" and not found(stored(made))


def test_original_of_a_picture_is_clean_alone_among_many_and_while_choosing(editor, collection):
    editor.post(reverse("wagtailimages:add"), {"title": "A", "file": upload(), "collection": collection})
    editor.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "B", "files[]": upload("PNG"), "collection": collection},
        headers=XHR,
    )
    prefix = "image-chooser-upload"
    fields = {"title": "C", "file": upload("WEBP"), "collection": collection}
    editor.post(
        reverse("wagtailimages_chooser:create"), {f"{prefix}-{name}": value for name, value in fields.items()}
    )
    assert sorted(Image.objects.values_list("title", flat=True)) == ["A", "B", "C"]
    for image in Image.objects.all():
        assert not found(stored(image)) and (image.width, image.height) == (40, 20)


def test_picture_put_in_place_of_another_is_clean(editor, collection):
    fields = {"title": "A", "file": upload(), "collection": collection}
    editor.post(reverse("wagtailimages:add"), fields)
    made = Image.objects.get()
    editor.post(reverse("wagtailimages:edit", args=[made.pk]), {**fields, "file": upload(size=(60, 30))})
    made.refresh_from_db()
    assert made.width == 60 and not found(stored(made))


def test_file_that_waits_for_a_title_waits_clean(editor, collection):
    """Wagtail puts it aside as it came, and takes it from there past the form."""
    for view, files, content in (
        ("wagtaildocs:add_multiple", "rapport.pdf", samples.pdf()),
        ("wagtailimages:add_multiple", "photo.jpg", picture()),
    ):
        fields = {"title": "x" * 300, "files[]": named(files, content), "collection": collection}
        assert editor.post(reverse(view), fields, headers=XHR).json()["success"] is True
    aside = list(UploadedFile.objects.all())
    assert len(aside) == 2
    assert [found(stored(one)) for one in aside] == [set(), set()]


REFUSED = [
    ("photo.jpg", samples.pdf()),
    ("rapport.pdf", b"<!doctype html><script>alert(1)</script>"),
    ("rapport.pdf", samples.locked_pdf()),
    ("rapport.pdf", b""),
    ("rapport.pdf", samples.pdf() + bytes(25 * 1024 * 1024)),
    ("rapport.docx", samples.docx(**{"word/vbaProject.bin": b"x"})),
    ("photo.png", bomb(12_000, 9_000)),
]


@pytest.mark.parametrize(("name", "content"), REFUSED)
def test_refused_document_says_why_and_nothing_is_saved(editor, collection, name, content):
    fields = {"title": "Ce que j’ai tapé", "file": named(name, content), "collection": collection}
    answer = editor.post(reverse("wagtaildocs:add"), fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert "Ce que j’ai tapé" in answer.content.decode()
    fields = {"title": "x", "files[]": named(name, content), "collection": collection}
    many = editor.post(reverse("wagtaildocs:add_multiple"), fields, headers=XHR).json()
    assert many["success"] is False and many["error_message"]
    assert not Document.objects.exists() and not UploadedFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", samples.pdf()),
        ("photo.png", bomb(12_000, 9_000)),
        ("photo.png", bomb(60_000, 60_000)),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("photo.jpg", picture(size=(300, 300))[:700]),
        ("photo.jpg", b""),
        ("photo.jpg", picture() + bytes(25 * 1024 * 1024)),
    ],
)
def test_refused_picture_says_why_and_nothing_is_saved(editor, collection, name, content):
    fields = {"title": "x", "file": named(name, content), "collection": collection}
    answer = editor.post(reverse("wagtailimages:add"), fields)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert not Image.objects.exists()


def test_title_alone_is_changed_without_touching_the_file(editor, collection):
    fields = {"title": "Rapport", "file": named("rapport.pdf", samples.pdf()), "collection": collection}
    editor.post(reverse("wagtaildocs:add"), fields)
    made = Document.objects.get()
    before = stored(made)
    editor.post(reverse("wagtaildocs:edit", args=[made.pk]), {"title": WHO, "collection": collection})
    made.refresh_from_db()
    assert (made.title, stored(made)) == (WHO, before)


def test_editor_reads_on_the_next_page_what_was_taken_out_of_a_picture(editor, collection):
    fields = {"title": "Place", "files[]": upload(name="place.jpg"), "collection": collection}
    assert editor.post(reverse("wagtailimages:add_multiple"), fields, headers=XHR).json()["success"]
    pages = [editor.get(reverse("wagtailadmin_home")).content.decode() for _look in range(2)]
    assert ["Retiré de" in page and "place.jpg" in page for page in pages] == [True, False]
