import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from files import readers
from files.models import StoredFile
from files.store import keep
from tests.files.pictures import photograph, picture, upload


@pytest.fixture
def asked(monkeypatch) -> list:
    """Whoever asks for a file of kind "test" is written down; only `member` may read it."""
    asked = []

    def may_read(user, stored):
        asked.append(user)
        return getattr(user, "email", "") == "member@cast.example"

    monkeypatch.setitem(readers.readers, "test", may_read)
    return asked


@pytest.fixture
def stored(member, asked) -> StoredFile:
    return keep(upload(size=(80, 80)), kind="test", by=member)


@pytest.fixture
def body(stored) -> bytes:
    with stored.content.open("rb") as content:
        return content.read()


def masked(answer) -> bytes:
    """Without the request's own token and address."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    return body.replace(answer.wsgi_request.path.encode(), b"")


def whole(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_forbidden_unknown_and_misnamed_get_the_same_404(client_of, stranger, stored):
    client = client_of(stranger)
    answers = [
        client.get(address)
        for address in (stored.url, f"/files/{stored.token}/other.jpg", f"/files/{'x' * 32}/photo.jpg")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({masked(answer) for answer in answers}) == 1
    headers = [{k: v for k, v in answer.headers.items() if k != "X-Request-Id"} for answer in answers]
    assert headers[0] == headers[1] == headers[2]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}, {"range": "bytes=900000-"}])
def test_every_way_of_asking_asks_the_room(client_of, stranger, stored, asked, method, headers):
    answer = getattr(client_of(stranger), method)(stored.url, headers=headers)
    assert answer.status_code == 404
    assert [user.pk for user in asked] == [stranger.pk]
    assert "Content-Range" not in answer and "ETag" not in answer


def test_file_of_a_kind_nobody_answers_for_is_not_shown(client_of, member, stored):
    StoredFile.objects.update(kind="nobody")
    assert client_of(member).get(stored.url).status_code == 404


def test_right_that_ended_counts_with_the_next_request(client_of, member, stored, monkeypatch):
    client = client_of(member)
    assert client.get(stored.url).status_code == 200
    monkeypatch.setitem(readers.readers, "test", lambda user, stored: False)
    assert client.get(stored.url).status_code == 404


def test_reader_gets_the_bytes_with_safe_headers(client_of, member, stored, body):
    answer = client_of(member).get(stored.url, headers={"accept-encoding": "gzip"})
    assert (answer.status_code, whole(answer)) == (200, body)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Length"] == str(len(body))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''photo.jpg"
    assert answer["Accept-Ranges"] == "bytes"
    assert "Content-Encoding" not in answer


def test_head_says_the_same_without_the_bytes(client_of, member, stored, body):
    client = client_of(member)
    got, head = client.get(stored.url), client.head(stored.url, headers={"range": "bytes=0-3"})
    assert (head.status_code, head.content) == (200, b"")
    same = {"Content-Length", "Content-Type", "ETag", "Content-Disposition", "Accept-Ranges"}
    assert {k: got[k] for k in same} == {k: head[k] for k in same}


def test_range_gives_that_part(client_of, member, stored, body):
    answer = client_of(member).get(stored.url, headers={"range": "bytes=10-19"})
    assert (answer.status_code, whole(answer)) == (206, body[10:20])
    assert answer["Content-Range"] == f"bytes 10-19/{len(body)}"
    assert answer["Content-Length"] == "10"


def test_range_beyond_the_end_is_416_and_says_the_size(client_of, member, stored, body):
    answer = client_of(member).get(stored.url, headers={"range": f"bytes={len(body)}-"})
    assert (answer.status_code, whole(answer)) == (416, b"")
    assert answer["Content-Range"] == f"bytes */{len(body)}"


@pytest.mark.parametrize(("condition", "status"), [(None, 206), ('"another"', 200), ("W/{etag}", 200)])
def test_range_counts_only_while_it_is_the_same_file(client_of, member, stored, condition, status):
    etag = f'"{stored.token}"'
    if_range = (condition or etag).replace("{etag}", etag)
    answer = client_of(member).get(stored.url, headers={"range": "bytes=0-3", "if-range": if_range})
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_405_whether_or_not_the_file_exists(client_of, stranger, stored, method):
    client = client_of(stranger)
    answers = [getattr(client, method)(address) for address in (stored.url, "/files/nothing/at-all.jpg")]
    assert {answer.status_code for answer in answers} == {405}
    assert {answer["Allow"] for answer in answers} == {"GET, HEAD"}


def test_what_is_no_picture_is_saved_not_shown(client_of, member, asked):
    report = StoredFile(kind="test", name="تقرير «1».html", content_type="text/html", size=8)
    report.content.save("x", ContentFile(b"<script>"), save=False)
    report.save()
    answer = client_of(member).get(report.url)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D8%AA")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_lost_bytes_are_a_404_not_an_error(client_of, member, stored):
    stored.content.storage.delete(stored.content.name)
    assert client_of(member).get(stored.url).status_code == 404


def test_address_needs_no_language(stored):
    assert reverse("stored_file", args=["t", "n"]) == "/files/t/n"


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}])
def test_nginx_is_told_where_the_bytes_lie(client_of, member, stored, settings, method, headers):
    settings.PRIVATE_SERVING = "accel"
    answer = getattr(client_of(member), method)(stored.url, headers=headers)
    assert (answer.status_code, whole(answer)) == (200, b"")
    assert answer["X-Accel-Redirect"] == f"/private-files/{stored.content.name}"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_without_the_right_learns_where_the_bytes_lie(client_of, stranger, stored, settings):
    settings.PRIVATE_SERVING = "accel"
    answer = client_of(stranger).get(stored.url)
    assert answer.status_code == 404 and "X-Accel-Redirect" not in answer


# The small picture --------------------------------------------------------------------------------------------
@pytest.fixture
def shown(member, asked) -> StoredFile:
    return keep(upload(content=photograph()), kind="test", by=member)


def test_small_picture_is_given_by_the_same_door(client_of, member, stranger, shown, stored, asked):
    answer = client_of(member).get(shown.small_url)
    body = whole(answer)
    assert (answer.status_code, len(body), answer["Content-Type"]) == (200, shown.small_size, "image/webp")
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''photo.webp"
    assert answer["Cache-Control"] == "private, no-store" and "sandbox" in answer["Content-Security-Policy"]
    part = client_of(member).get(shown.small_url, headers={"range": "bytes=0-3"})
    assert (part.status_code, whole(part)) == (206, body[:4])
    asked.clear()
    client = client_of(stranger)
    others = (
        shown.small_url,
        shown.small_url.replace("photo", "other"),
        f"/files/{'x' * 32}/small/photo.jpg",
    )
    refused = [client.get(address) for address in others]
    assert {answer.status_code for answer in refused} == {404} and len(
        {masked(each) for each in refused}
    ) == 1
    assert [user.pk for user in asked] == [stranger.pk]
    # There is none, or its bytes are lost.
    assert client_of(member).get(stored.small_url).status_code == 404
    shown.content.storage.delete(shown.small_name)
    assert client_of(member).get(shown.small_url).status_code == 404


def test_nginx_is_told_where_the_small_picture_lies(client_of, member, stranger, shown, settings):
    settings.PRIVATE_SERVING = "accel"
    answer = client_of(member).get(shown.small_url)
    assert answer["X-Accel-Redirect"] == f"/private-files/{shown.content.name}.small"
    assert "X-Accel-Redirect" not in client_of(stranger).get(shown.small_url)


# Evidence -----------------------------------------------------------------------------------------------------
@pytest.fixture
def evidence(member, asked) -> StoredFile:
    return keep(upload(), kind="test", by=member, original=upload()).original


def test_original_is_nobodys_to_read_where_the_room_names_no_reader(client_of, member, evidence, asked):
    assert client_of(member).get(evidence.original_of.url).status_code == 200
    asked.clear()
    assert client_of(member).get(evidence.url).status_code == 404
    assert asked == []


def test_reader_of_originals_saves_it_and_never_sees_it_shown(client_of, member, evidence, monkeypatch):
    monkeypatch.setitem(readers.readers_of_originals, "test", lambda user, stored: user == member)
    answer = client_of(member).get(evidence.url)
    assert whole(answer) == picture()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''photo.jpg"
