"""A document is fetched as what it is, in parts too, and only while something public refers to it."""

import re
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from tests.news.resources.conftest import document

pytestmark = pytest.mark.django_db
BODY = b"%PDF-1.4 " + bytes(range(200))


@pytest.fixture
def public(resource):
    made = document(content=BODY)
    resource("fr", "Un guide", document=made)
    return made


def whole(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def masked(answer):
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    return body.replace(quote(answer.wsgi_request.path, safe="").encode(), b"")


def test_document_of_a_public_resource_is_shown_with_safe_headers(public, client):
    answer = client.get(public.url, headers={"accept-encoding": "gzip"})
    assert (answer.status_code, whole(answer)) == (200, BODY)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename*=UTF-8''registre")
    assert answer["Cache-Control"] == "public, no-cache" and "Set-Cookie" not in answer
    assert answer["Content-Length"] == str(len(BODY)) and "Content-Encoding" not in answer


@pytest.mark.parametrize(
    ("content", "content_type", "shown"),
    [
        (b"<!doctype html><script>alert(1)</script>", "text/plain; charset=utf-8", "inline"),
        (b"MZ\x90\0\x03\0\0\0 a program", "application/octet-stream", "attachment"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "image/png", "inline"),
    ],
)
def test_type_is_told_by_the_bytes_not_by_the_name(resource, client, content, content_type, shown):
    made = document("rapport.pdf", content)
    resource("fr", document=made)
    answer = client.get(made.url)
    assert (answer["Content-Type"], answer["Content-Disposition"].partition(";")[0]) == (content_type, shown)
    assert "'none'" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"


def test_arabic_name_comes_through(resource, client):
    made = document("محضر-الجلسة.pdf", BODY)
    resource("ar", "محضر", slug="mahdar", document=made)
    answer = client.get(made.url)
    assert "filename*=UTF-8''%D9%85%D8%AD%D8%B6%D8%B1" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].isascii()


@pytest.mark.parametrize(
    ("header", "status", "part"),
    [
        ("bytes=0-3", 206, b"%PDF"),
        ("bytes=-4", 206, BODY[-4:]),
        ("bytes=900-", 416, b""),
        ("nonsense", 200, BODY),
    ],
)
def test_part_of_a_document(public, client, header, status, part):
    answer = client.get(public.url, headers={"range": header})
    assert (answer.status_code, whole(answer)) == (status, part)
    if status != 200:
        assert answer["Content-Range"].endswith(f"/{len(BODY)}")


def test_part_only_while_it_is_the_same_file(public, client):
    etag = client.get(public.url)["ETag"]
    for condition, status in ((etag, 206), ('"another"', 200), (f"W/{etag}", 200)):
        answer = client.get(public.url, headers={"range": "bytes=0-3", "if-range": condition})
        assert answer.status_code == status


def test_unchanged_document_is_not_sent_again(public, client):
    etag = client.get(public.url)["ETag"]
    for known in (etag, f'"x", W/{etag}', "*"):
        answer = client.get(public.url, headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert client.get(public.url, headers={"if-none-match": '"x"'}).status_code == 200


def test_head_says_the_same_without_the_bytes(public, client):
    got, head = client.get(public.url), client.head(public.url)
    same = ("Content-Length", "Content-Type", "ETag", "Content-Disposition", "Accept-Ranges", "Cache-Control")
    assert (head.status_code, head.content) == (200, b"")
    assert [got[name] for name in same] == [head[name] for name in same]


# What is not public ----------------------------------------------------------------------------------------
def lonely(resource, article):
    return document(content=BODY)


def of_a_draft(resource, article):
    made = document(content=BODY)
    Page.objects.get(pk=resource("fr", document=made).pk).unpublish()
    return made


def of_a_restricted_page(resource, article):
    made = document(content=BODY)
    page = resource("fr", document=made)
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
    return made


def of_a_closed_collection(resource, article):
    made = document(content=BODY)
    resource("fr", document=made)
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Document.objects.update(collection=closed)
    return made


def in_the_text_of_a_draft(resource, article):
    made = document(content=BODY)
    link = f'<p><a linktype="document" id="{made.pk}">ici</a></p>'
    Page.objects.get(pk=article("fr", body=[("text", link)]).pk).unpublish()
    return made


NOT_PUBLIC = [lonely, of_a_draft, of_a_restricted_page, of_a_closed_collection, in_the_text_of_a_draft]


@pytest.mark.parametrize("make", NOT_PUBLIC)
@pytest.mark.parametrize("who", ["visitor", "member", "staff"])
def test_what_is_not_public_looks_as_if_it_did_not_exist(make, who, cast, client_of, resource, article):
    made = make(resource, article)
    client = client_of(cast[who])
    answers = [
        client.get(address)
        for address in (made.url, "/documents/999999/registre.pdf", "/documents/12345678901234567890/x.pdf")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({masked(answer) for answer in answers}) == 1
    names = [
        {k: v for k, v in answer.headers.items() if k not in ("X-Request-Id", "Content-Length")}
        for answer in answers
    ]
    assert names[0] == names[1] == names[2]
    for headers in ({"range": "bytes=0-3"}, {"if-none-match": "*"}):
        assert client.get(made.url, headers=headers).status_code == 404
    # Wagtail's own address for the same number reads Arabic digits too.
    arabic = str(made.pk).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.get(f"/documents/{arabic}/{made.filename}").status_code == 404


@pytest.mark.parametrize("make", NOT_PUBLIC)
@pytest.mark.parametrize("who", ["editor", "translator_ar"])
def test_people_of_the_cms_see_it_and_nobody_keeps_it(make, who, cast, client_of, resource, article):
    answer = client_of(cast[who]).get(make(resource, article).url)
    assert (answer.status_code, whole(answer)) == (200, BODY)
    assert answer["Cache-Control"] == "private, no-store"


def test_link_in_a_live_text_makes_a_document_public(article, client):
    made = document(content=BODY)
    article("fr", body=[("text", f'<p><a linktype="document" id="{made.pk}">ici</a></p>')])
    assert client.get(made.url).status_code == 200


def test_document_taken_off_its_page_is_not_fetched_any_more(resource, client):
    made = document(content=BODY)
    page = resource("fr", document=made)
    assert client.get(made.url).status_code == 200
    page.document = None
    page.save_revision().publish()
    assert client.get(made.url).status_code == 404


def test_lost_bytes_are_a_404_not_an_error(public, client):
    public.file.storage.delete(public.file.name)
    assert client.get(public.url).status_code == 404


def test_name_must_be_the_documents_own(public, client):
    assert client.get(public.url + "x").status_code == 404
    assert client.get(public.url.replace("registre", "autre")).status_code == 404


@pytest.mark.parametrize(("method", "status"), [("post", 403), ("put", 405), ("delete", 405)])
def test_other_methods_are_refused_alike_whether_or_not_it_exists(client, public, method, status):
    """A form sent without a session gets the sign-in page, as at every address."""
    for address in (public.url, "/documents/999999/x.pdf"):
        assert getattr(client, method)(address).status_code == status


def test_document_without_a_hash_is_given_one(resource, client):
    made = Document.objects.create(title="x", file=ContentFile(BODY, name="x.pdf"))
    resource("fr", document=made)
    assert client.get(made.url)["ETag"] == f'"{Document.objects.get().file_hash}"'
