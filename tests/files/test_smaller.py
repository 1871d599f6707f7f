"""Pictures from before there were small ones get theirs, and nothing else about them changes."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from files import readers, smaller
from files.models import StoredFile, private_storage
from files.store import discard, keep
from tests.files.pictures import photograph, upload


@pytest.fixture
def old(member):
    """`old()`: a photograph as it was kept then."""

    def make(**more):
        given = {"kind": "test", "by": member, **more}
        stored = keep(upload(content=photograph()), **given)
        private_storage().delete(stored.small_name)
        StoredFile.objects.filter(pk=stored.pk).update(small_size=None, small_width=None, small_height=None)
        return StoredFile.objects.get(pk=stored.pk)

    return make


def run():
    out = io.StringIO()
    call_command("make_small_pictures", stdout=out)
    return out.getvalue()


def content(stored):
    with private_storage().open(stored.content.name) as file:
        return file.read()


def columns(stored):
    row = StoredFile.objects.filter(pk=stored.pk).values().get()
    return {name: value for name, value in row.items() if not name.startswith("small_")}


def test_old_pictures_get_a_small_one_and_files_and_originals_stay_as_they_are(old, monkeypatch):
    monkeypatch.setattr(smaller, "BATCH", 2)
    evidence = old(original=upload(content=photograph()))
    rows = [evidence, old(), old()]
    untouched = [*rows, StoredFile.objects.get(original_of=evidence)]
    before = [(columns(stored), content(stored)) for stored in untouched]
    assert rows[1].preview is None
    said = run()
    assert "without a small one: 3" in said and "made so far: 2" in said and "made: 3, light" in said
    assert [(columns(stored), content(stored)) for stored in untouched] == before
    for stored in StoredFile.objects.filter(pk__in=[row.pk for row in rows]):
        with private_storage().open(stored.small_name) as file, Image.open(file) as small:
            assert small.size == (stored.small_width, stored.small_height) == (480, 360)
        assert stored.small_size == private_storage().size(stored.small_name) < stored.size
        assert stored.preview.url == stored.small_url
    assert StoredFile.objects.get(original_of=evidence).small_size is None
    assert "without a small one: 0" in run()


def test_what_needs_none_and_what_cannot_be_read_is_passed_over_and_told(old, member, monkeypatch):
    gone, good = old(), old()
    private_storage().delete(gone.content.name)
    broken = old()
    private_storage().delete(broken.content.name)
    private_storage().save(broken.content.name, ContentFile(b"no picture any more" * 1000))
    keep(upload(), kind="test", by=member)  # light
    monkeypatch.setattr(readers, "cut", {"faces"})
    face = old(kind="faces")
    said = run()
    assert "made: 1, light" in said
    assert set(map(int, re.search(r"files ([\d, ]+)", said)[1].split(", "))) == {gone.pk, broken.pk}
    assert StoredFile.objects.get(pk=good.pk).has_small
    assert not StoredFile.objects.get(pk=face.pk).has_small


def test_run_that_was_broken_off_is_finished_by_the_next(old):
    stored = old()
    private_storage().save(stored.small_name, ContentFile(b"half a picture"))
    run()
    with private_storage().open(stored.small_name) as file, Image.open(file) as small:
        assert small.format == "WEBP"


def test_picture_discarded_meanwhile_leaves_no_small_one(old, django_capture_on_commit_callbacks):
    early, late = old(), old()
    name = early.small_name
    run()
    with django_capture_on_commit_callbacks(execute=True):
        discard(early)  # as it was read before
    assert not private_storage().exists(name)
    StoredFile.objects.filter(pk=late.pk).update(small_size=None)
    StoredFile.objects.filter(pk=late.pk).delete()
    assert smaller.make(late) is False


def test_faces_and_covers_were_cut_to_their_place():
    assert {"profiles.photo", "profiles.cover", "communities.cover"} == readers.cut
