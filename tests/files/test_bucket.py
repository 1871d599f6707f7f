"""The private store in a bucket, against a real server that speaks S3, and the three ways out."""

import subprocess
import sys
import time
import urllib.request
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import pytest
import servers
from django.core.files.storage import storages

from files.bucket import PrivateBucket
from files.models import StoredFile, private_storage
from files.store import discard, keep
from tests.files.pictures import upload
from tests.files.test_views import asked, whole  # noqa: F401


@pytest.fixture(scope="session")
def s3():
    """Its address. Ends with the tests, however they end."""
    port = servers.free_port()
    command = [sys.executable, "-W", "ignore", "-c", "from moto.server import main; main()"]
    process = subprocess.Popen(
        [*command, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=servers.end_with_parent,
    )  # fmt: skip
    try:
        until = time.monotonic() + servers.PATIENCE
        while not servers.listens(port) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def storage(s3):
    """One for all: what speaks S3 takes a second to get ready."""
    made = PrivateBucket(
        bucket_name="private",
        endpoint_url=s3,
        region_name="us-east-1",
        access_key="key-of-the-site",
        secret_key="secret",
    )
    made.connection.Bucket("private").create()
    return made


@pytest.fixture
def bucket(storage, monkeypatch):
    monkeypatch.setitem(storages._storages, "private", storage)
    monkeypatch.setattr(StoredFile._meta.get_field("content"), "storage", storage)
    yield storage.bucket
    storage.bucket.objects.all().delete()


@pytest.fixture
def stored(bucket, member, asked):  # noqa: F811
    return keep(upload(size=(80, 80)), kind="test", by=member)


@pytest.fixture
def body(bucket, stored) -> bytes:
    return bucket.Object(stored.content.name).get()["Body"].read()


def fetched(address: str, **headers: str):
    """(status, headers, bytes), of whoever has the address and nothing else."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_kept_in_the_bucket_and_gone_with_the_row(stored, bucket, django_capture_on_commit_callbacks):
    assert [each.key for each in bucket.objects.all()] == [stored.content.name]
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored)
    assert list(bucket.objects.all()) == []


def test_bucket_gives_nothing_without_a_signature(stored, s3, body):
    assert private_storage().exists(stored.content.name) and body.startswith(b"\xff\xd8\xff")
    signed = private_storage().signed(stored.content.name, 60, {})
    assert "X-Amz-Signature" in signed and "key-of-the-site" not in urlsplit(signed).path


def test_streamed_through_the_site_whole_and_in_part(client_of, member, stored, body):
    client = client_of(member)
    assert whole(client.get(stored.url)) == body
    part = client.get(stored.url, headers={"range": "bytes=10-19"})
    assert (part.status_code, whole(part)) == (206, body[10:20])


def test_signed_address_gives_the_file_for_a_minute(client_of, member, stored, body, settings):
    settings.PRIVATE_SERVING = "signed"
    answer = client_of(member).get(stored.url)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    asked_for = parse_qs(urlsplit(answer["Location"]).query)
    assert int(asked_for["X-Amz-Expires"][0]) <= 60
    status, headers, got = fetched(answer["Location"])
    assert (status, got, headers["Content-Type"]) == (200, body, "image/jpeg")
    assert headers["Content-Disposition"] == "inline; filename*=UTF-8''photo.jpg"
    status, headers, got = fetched(answer["Location"], Range="bytes=10-19")
    assert (status, got) == (206, body[10:20])


def test_headers_alone_are_answered_here(client_of, member, stored, body, settings):
    settings.PRIVATE_SERVING = "signed"
    answer = client_of(member).head(stored.url)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(body)))
    assert "Location" not in answer


@pytest.mark.parametrize("way", ["signed", "accel"])
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}])
def test_no_address_is_signed_for_whoever_may_not_read(
    client_of, stranger, stored, asked, settings, way, method, headers  # noqa: F811
):  # fmt: skip
    settings.PRIVATE_SERVING = way
    answer = getattr(client_of(stranger), method)(stored.url, headers=headers)
    assert answer.status_code == 404 and [user.pk for user in asked] == [stranger.pk]
    assert "Location" not in answer and "X-Accel-Redirect" not in answer


def test_nginx_is_told_the_signed_path_of_the_bucket(client_of, member, stored, body, s3, settings):
    settings.PRIVATE_SERVING = "accel"
    inside = client_of(member).get(stored.url)["X-Accel-Redirect"]
    assert (
        inside.startswith(f"/private-files/private/{stored.content.name}?") and "X-Amz-Expires=60" in inside
    )
    assert fetched(s3 + inside.removeprefix("/private-files"))[2] == body


def test_lost_bytes_are_the_ordinary_404(client_of, member, stored, bucket):
    bucket.Object(stored.content.name).delete()
    assert client_of(member).get(stored.url).status_code == 404
