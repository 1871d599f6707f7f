"""A hundred files that mean harm: refused in words, or harmless afterwards, whatever place they are meant for."""

import io
import zipfile

import pikepdf
import pytest

from files.cleaning import UnacceptableFile, cleaned
from files.purposes import LIBRARY, PICTURE
from files.sandbox import client
from tests.files.hostile import HOSTILE, HTML, RUNS
from tests.files.test_documents import upload

# Long enough for a loaded machine, short enough to find what would run for ever.
SECONDS = 20


def bytes_of(name):
    content = HOSTILE[name][1]
    return content() if callable(content) else content


def unpacked(content):
    pieces = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            pieces += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as made:
            pieces += [each.unparse() for each in made.objects]
            pieces += [each.read_bytes() for each in made.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join(pieces)


def test_there_are_a_hundred():
    assert len(HOSTILE) >= 100


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_words_or_harmless(name, settings):
    settings.CLEANING_SECONDS = SECONDS
    given, _content, becomes = HOSTILE[name]
    content = bytes_of(name)
    try:
        kept = cleaned(upload(given, content), LIBRARY)
    except UnacceptableFile as refusal:
        assert refusal.messages[0]
        assert becomes is None or refusal.code == becomes
    else:
        assert becomes in ("harmless", None)
        left = unpacked(kept.content.read())
        assert RUNS not in left and not kept.content_type.startswith(("text/html", "image/svg"))
        assert HTML not in left or kept.content_type.startswith("text/plain")
    assert client.nursery._process.poll() is None


AT_HAND = [name for name, (_name, content, _becomes) in HOSTILE.items() if isinstance(content, bytes)]
PICTURES = (b"\xff\xd8\xff", b"RIFF\xff\xff\xff\xffWEBP", b"\0\0\0\x18ftyp")


@pytest.mark.parametrize("name", [name for name in AT_HAND if not bytes_of(name).startswith(PICTURES)])
def test_where_pictures_are_wanted_it_is_refused(name):
    """Whatever it calls itself."""
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(upload("photo.jpg", bytes_of(name)), PICTURE)
    assert refusal.value.code in {"type", "empty"}
