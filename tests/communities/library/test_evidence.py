"""Originals kept as evidence: only where the space allows it, as they came, and for few to fetch."""

import hashlib

import pytest
from django.urls import reverse

from communities.library import binning
from communities.models import LibraryItem, Space
from communities.submissions import new_key
from files.models import StoredFile
from tests.files.pictures import upload


def send(client, space, person, **more):
    data = {
        "uploads": [upload(name="quay.jpg")],
        "language": "en",
        "key": new_key(person, "library-files"),
        "end": "1",
        **more,
    }
    return client.post(reverse("library:files_new", args=[space.slug]), data)


@pytest.fixture
def allowing(closed_space):
    Space.objects.filter(pk=closed_space.pk).update(keeps_originals=True)
    return closed_space


def test_original_is_kept_unchanged_marked_and_fetched_by_few(client_of, cast, allowing, member):
    client = client_of(member)
    assert send(client, allowing, member, original="on").status_code == 302
    item = LibraryItem.objects.get()
    original = item.current.stored.original
    came = upload(name="quay.jpg").read()
    with original.content.open("rb") as kept:
        assert kept.read() == came
    assert original.sha256 == hashlib.sha256(came).hexdigest()
    assert item.current.size == item.current.stored.size + len(came)
    assert "original kept" in client.get(reverse("library:library", args=[allowing.slug])).content.decode()
    answers = {name: client_of(cast[name]).get(original.url).status_code for name in cast}
    assert {name for name, status in answers.items() if status == 200} == {
        "member",
        "moderator",
        "facilitator",
    }
    # Saved, never shown.
    answer = client.get(original.url)
    assert answer["Content-Disposition"].startswith("attachment") and b"quay" not in b"".join(answer)
    page = client_of(cast["observer"]).get(item.get_absolute_url()).content.decode()
    assert "original kept" in page and original.url not in page
    binning.throw_away(item, by=member)
    assert client.get(original.url).status_code == 404


def test_nothing_is_kept_where_the_space_does_not_allow_it_or_nobody_asked(client_of, closed_space, member):
    client = client_of(member)
    assert (
        'name="original"'
        not in client.get(reverse("library:files_new", args=[closed_space.slug])).content.decode()
    )
    send(client, closed_space, member, original="on")
    Space.objects.filter(pk=closed_space.pk).update(keeps_originals=True)
    send(client, closed_space, member)
    assert LibraryItem.objects.count() == 2
    assert not StoredFile.objects.filter(original_of__isnull=False).exists()


def test_original_goes_with_its_file(client_of, allowing, member):
    send(client_of(member), allowing, member, original="on")
    binning.discard(LibraryItem.objects.all())
    assert not StoredFile.objects.filter(kind="library").exists()
