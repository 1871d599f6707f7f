import gc
import hashlib

import pytest
from django.db import transaction

from files.cleaning import UnacceptableFile, cleaned
from files.models import StoredFile, private_storage
from files.store import discard, keep
from tests.files.pictures import photograph, picture, upload


def there(name: str) -> bool:
    return private_storage().exists(name)


def test_kept_file_has_a_random_place_and_its_own_name(member):
    stored = keep(upload(name="hearing.jpg"), kind="test", by=member)
    assert "hearing" not in stored.content.name
    assert there(stored.content.name)
    assert stored.url == f"/files/{stored.token}/hearing.jpg"
    row = StoredFile.objects.get(pk=stored.pk)
    assert (row.content_type, row.width, row.height) == ("image/jpeg", 40, 20)
    assert row.size == private_storage().size(row.content.name)
    assert row.uploaded_by == member


def test_what_was_cleaned_before_is_not_cleaned_again(member, monkeypatch):
    clean = cleaned(upload())
    monkeypatch.setattr("files.store.cleaned", lambda upload: pytest.fail("cleaned twice"))
    assert there(keep(clean, kind="test", by=member).content.name)


def test_refused_upload_leaves_nothing(member):
    with pytest.raises(UnacceptableFile):
        keep(upload(content=b"no picture"), kind="test", by=member)
    assert not StoredFile.objects.exists()


def test_failed_transaction_takes_the_bytes_along(member):
    kept = []

    def deed():
        with transaction.atomic():
            kept.append(keep(upload(), kind="test", by=member).content.name)
            assert there(kept[0])
            raise LookupError("what came after failed")

    with pytest.raises(LookupError):
        deed()
    gc.collect()
    assert not StoredFile.objects.exists()
    assert not there(kept[0])


def test_committed_bytes_stay(member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        stored = keep(upload(), kind="test", by=member)
    gc.collect()
    assert there(stored.content.name)


def test_discarded_bytes_go_with_the_commit(member, django_capture_on_commit_callbacks):
    stored = keep(upload(), kind="test", by=member)
    name = stored.content.name
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored)
        assert there(name)
    assert not there(name)
    assert not StoredFile.objects.exists()


def test_small_picture_comes_and_goes_with_its_file(member, django_capture_on_commit_callbacks):
    def deed():
        with transaction.atomic():
            kept.append(keep(upload(content=photograph()), kind="test", by=member))
            assert there(kept[0].small_name)
            raise LookupError("what came after failed")

    kept = []
    with pytest.raises(LookupError):
        deed()
    gc.collect()
    assert not there(kept[0].small_name)
    with django_capture_on_commit_callbacks(execute=True):
        stored = keep(upload(content=photograph()), kind="test", by=member)
    gc.collect()
    assert private_storage().size(stored.small_name) == stored.small_size < stored.size / 2
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored)
        assert there(stored.small_name)
    assert not there(stored.small_name)


# Evidence -----------------------------------------------------------------------------------------------------
def test_original_stays_as_it_came_beside_the_clean_file(member):
    stored = keep(
        upload(name="a\u202egpj.exe.jpg"), kind="test", by=member, original=upload(name="Beirut.JPG")
    )
    original = stored.original
    assert (original.is_original, stored.is_original) == (True, False)
    with original.content.open("rb") as content:
        assert content.read() == picture()
    assert original.sha256 == hashlib.sha256(picture()).hexdigest() and stored.sha256 == ""
    assert (original.name, original.size, original.uploaded_by) == ("Beirut.jpg", len(picture()), member)


def test_nothing_is_kept_as_it_came_unless_asked_for(member):
    keep(upload(), kind="test", by=member)
    assert not StoredFile.objects.filter(original_of__isnull=False).exists()


def test_original_goes_with_the_clean_file(member, django_capture_on_commit_callbacks):
    stored = keep(upload(), kind="test", by=member, original=upload())
    names = [stored.content.name, stored.original.content.name]
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored)
    assert [there(name) for name in names] == [False, False] and not StoredFile.objects.exists()


def test_what_is_refused_is_not_kept_as_evidence_either(member):
    for wrong in ({"content": b"no picture"}, {"content": b""}):
        with pytest.raises(UnacceptableFile):
            keep(upload(**wrong), kind="test", by=member, original=upload(**wrong))
    assert not StoredFile.objects.exists()
