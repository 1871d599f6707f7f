import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from files.models import StoredFile
from profiles.models import User
from tests.profiles.test_audiences import IN_NETWORK, drawn
from tests.world import PEOPLE


def picture(size=(900, 600), name="me at home.jpg"):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Zqcamera"
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


FIELDS = {"display_name": "Leïla", "language": "fr", "time_zone": "Africa/Tunis"}


@pytest.fixture
def with_photo(member, client_of):
    answer = client_of(member).post(reverse("profiles:edit"), {**FIELDS, "photo": picture()})
    assert answer.status_code == 302
    return User.objects.with_face().get(pk=member.pk)


def test_person_is_told_what_the_photo_held(member, client_of):
    answer = client_of(member).post(reverse("profiles:edit"), {**FIELDS, "photo": picture()}, follow=True)
    assert "photo.webp" in answer.text and "le nom de l’appareil photo" in answer.text


def test_photo_becomes_a_small_square_without_name_or_metadata(with_photo):
    stored = with_photo.profile.photo
    assert (stored.content_type, stored.width, stored.height) == ("image/webp", 144, 144)
    assert "home" not in stored.url
    with stored.content.open() as content:
        raw = content.read()
    assert b"Zqcamera" not in raw
    assert len(raw) < 10_000


@pytest.mark.parametrize("name", PEOPLE)
def test_photo_is_read_and_drawn_for_the_network_alone(cast, with_photo, client_of, name):
    photo = with_photo.profile.photo
    answer = client_of(cast[name]).get(photo.url)
    b"".join(answer.streaming_content if answer.streaming else [])
    assert answer.status_code == (200 if name in IN_NETWORK else 404)
    assert (photo.url in drawn("{% face person %}", cast[name], with_photo)) == (name in IN_NETWORK)


def test_face_without_what_the_queryset_brings_is_a_monogram(with_photo, stranger, django_assert_num_queries):
    bare = User.objects.get(pk=with_photo.pk)
    with django_assert_num_queries(0):
        assert "<img" not in drawn("{% face person %}", stranger, bare)


def test_new_photo_replaces_the_old_one_and_removing_removes(with_photo, client_of):
    old = with_photo.profile.photo
    client = client_of(with_photo)
    client.post(reverse("profiles:edit"), {**FIELDS, "photo": picture()})
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    now = User.objects.with_face().get(pk=with_photo.pk).profile.photo
    assert now is not None
    client.post(reverse("profiles:edit"), {**FIELDS, "without_photo": "on"})
    assert User.objects.with_face().get(pk=with_photo.pk).profile.photo is None
    assert client.get(now.url).status_code == 404


def test_photo_stays_when_another_field_is_changed(with_photo, client_of):
    client_of(with_photo).post(reverse("profiles:edit"), {**FIELDS, "pronouns": "elle"})
    assert User.objects.with_face().get(pk=with_photo.pk).profile.photo == with_photo.profile.photo


@pytest.mark.parametrize("upload", [b"", b"GIF89a nonsense", b"\x89PNG\r\n\x1a\nbroken"])
def test_upload_that_is_no_picture_is_refused_beside_the_field_and_keeps_what_was_typed(
    member, client_of, upload
):
    sent = {**FIELDS, "pronouns": "Zqtyped", "photo": SimpleUploadedFile("x.png", upload, "image/png")}
    answer = client_of(member).post(reverse("profiles:edit"), sent)
    assert answer.status_code == 422
    assert "Zqtyped" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"photo"}
    assert not StoredFile.objects.exists()
