"""What is planted is gone from every stored byte, and exiftool finds none of it."""

import json
import shutil
import subprocess

import pytest

from files.cleaning import cleaned
from files.purposes import LIBRARY
from files.store import keep
from tests.files.planted import TAGS, WORDS, fixture
from tests.files.test_documents import unfolded, upload

pytestmark = pytest.mark.skipif(not shutil.which("exiftool"), reason="apt install libimage-exiftool-perl")
# What exiftool says of any file, and what belongs to how it is packed: sizes, layers, colours, sound.
PACKING = {
    "File", "ExifTool", "JFIF", "Composite", "RIFF", "VP8", "VP8L", "MPEG", "ZIP", "System", "PDF", "Track1",
    "QuickTime",
}  # fmt: skip


def seen(content: bytes) -> dict[str, str]:
    """group:tag -> value, all that exiftool finds: doubles, unknown ones, embedded ones."""
    run = subprocess.run(
        ["exiftool", "-j", "-a", "-U", "-ee", "-G1", "-n", "-"],
        input=content,
        capture_output=True,
        check=False,
    )
    return {key: str(value) for key, value in json.loads(run.stdout)[0].items() if key != "SourceFile"}


def words_in(values: object) -> set[str]:
    text = str(values)
    return {word for word in WORDS if word in text}


def test_forty_tags_over_eight_formats():
    assert len(TAGS) == 8 and sum(len(tags) for tags in TAGS.values()) >= 40


@pytest.mark.parametrize("name", TAGS)
def test_nothing_planted_is_stored(name, member):
    planted = {value.split(",")[0] for value in TAGS[name].values()}
    given = fixture(name)
    # Debian's exiftool looks into office files only with a module that it does not bring.
    assert words_in(seen(given)) | words_in(unfolded(given)) >= planted

    kept = keep(cleaned(upload(name, given), LIBRARY), kind="test", by=member)
    with kept.content.open("rb") as content:
        stored = content.read()

    assert words_in(unfolded(stored)) == set()
    left = seen(stored)
    assert words_in(left) == set()
    assert {tag.partition(":")[0] for tag in left} <= PACKING
    assert not [
        tag for tag in left if any(word in tag for word in ("GPS", "Author", "Creator", "Artist", "Serial"))
    ]
    assert kept.name.rpartition(".")[0] == name.rpartition(".")[0]
