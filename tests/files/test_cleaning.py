import io
import json
import shutil
import struct
import subprocess
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageFilter

from files.cleaning import LONGEST_SIDE, UnacceptableFile, cleaned, safe_name
from files.cleaning.limits import LIGHT, SMALL_QUALITIES
from files.purposes import POST
from tests.files.pictures import photograph, picture, upload

# What comes in -> what is kept.
KEPT_AS = {"JPEG": "jpg", "PNG": "webp", "WEBP": "webp", "AVIF": "jpg", "HEIF": "jpg"}
KINDS = tuple(KEPT_AS)


def tags_of(content: bytes) -> dict:
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is missing (apt install libimage-exiftool-perl)")
    run = subprocess.run(["exiftool", "-j", "-G", "-"], input=content, capture_output=True, check=True)
    return json.loads(run.stdout)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_picture_with_a_place_is_kept_without_it(kind):
    before = " ".join(tags_of(picture(kind)))
    assert "GPSLatitude" in before

    after = tags_of(cleaned(upload(kind)).content.read())

    assert {name.partition(":")[0] for name in after} <= {
        "SourceFile",
        "ExifTool",
        "File",
        "PNG",
        "RIFF",
        "JFIF",
        "Composite",
    }
    words = json.dumps(after)
    for hidden in ("GPS", "Telephone", "Model 7", "Author", "somebody", "XMP", "2026:11:01"):
        assert hidden not in words


@pytest.mark.parametrize("kind", KINDS)
def test_picture_is_turned_upright_before_its_orientation_is_lost(kind):
    clean = cleaned(upload(kind, size=(40, 20), orientation=6))
    assert (clean.width, clean.height) == (20, 40)
    assert Image.open(clean.content).size == (20, 40)


@pytest.mark.parametrize("kind", KINDS)
def test_type_is_told_by_content_not_by_name(kind):
    clean = cleaned(upload(kind, name="minutes.pdf"))
    assert clean.name == f"minutes.{KEPT_AS[kind]}"
    assert clean.content_type == {"jpg": "image/jpeg", "webp": "image/webp"}[KEPT_AS[kind]]
    assert Image.open(clean.content).format == {"jpg": "JPEG", "webp": "WEBP"}[KEPT_AS[kind]]


def test_colour_profile_goes_and_its_colours_stay():
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (8, 8), (200, 30, 40)).save(out, "PNG", icc_profile=profile)
    clean = Image.open(cleaned(upload("PNG", content=out.getvalue())).content)
    assert "icc_profile" not in clean.info
    assert all(abs(a - b) <= 2 for a, b in zip(clean.getpixel((0, 0)), (200, 30, 40), strict=True))


def test_animation_keeps_its_first_picture_only():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    clean = Image.open(cleaned(upload("WEBP", content=out.getvalue())).content)
    assert getattr(clean, "n_frames", 1) == 1
    assert clean.convert("RGB").getpixel((4, 4))[0] > 200


def test_transparency_of_png_stays():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(cleaned(upload("PNG", content=out.getvalue())).content).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_scanner_and_print_modes_are_taken(mode):
    clean = cleaned(upload("JPEG", mode=mode))
    assert Image.open(clean.content).mode in {"L", "RGB"}


@pytest.mark.parametrize("mode", ["1", "P", "LA", "I;16"])
def test_odd_modes_of_png_are_taken(mode):
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    assert cleaned(upload("PNG", content=out.getvalue())).content_type == "image/webp"


def test_huge_photograph_is_made_smaller():
    clean = cleaned(upload("JPEG", size=(4000, 1000)))
    assert (clean.width, clean.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_small_picture_keeps_its_size():
    assert (cleaned(upload("PNG")).width, cleaned(upload("PNG")).height) == (40, 20)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("type", b"%PDF-1.7 a report"),
        ("type", b"GIF89a" + b"\0" * 40),
        ("type", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("type", b"MZ\x90\0 not a picture at all"),
        ("type", b"\xff\xd8\xff"),
        ("too_many_pixels", bomb(50_000, 50_000)),
        ("too_many_pixels", bomb(20_000, 10)),
        ("too_many_pixels", bomb(9_000, 9_000)),
        ("damaged", picture("PNG", size=(300, 300))[:200]),
        ("damaged", picture("JPEG", size=(300, 300))[:700]),
    ],
)
def test_what_is_not_a_whole_picture_is_refused_with_words(code, content):
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(SimpleUploadedFile("photo.jpg", content, "image/jpeg"))
    assert refusal.value.code == code
    assert refusal.value.messages[0]


def test_25_megabytes_are_refused_without_being_opened(settings):
    huge = SimpleUploadedFile("photo.jpg", picture() + b"\0" * 25 * 1024 * 1024, "image/jpeg")
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(huge)
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\me\\hearing.jpeg", "hearing.png"),
        ("", "picture.png"),
        (".png", "png.png"),
        ("محضر الجلسة.jpg", "محضر الجلسة.png"),
        ("evil\u202egpj.exe", "evilgpj.png"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie x=1.png"),
        ("x" * 500 + ".png", "x" * 120 + ".png"),
        ("字" * 500 + ".png", "字" * 66 + ".png"),
        ("CON.png", "_CON.png"),
        ("com1.tar.png", "com1_tar.png"),
        ("invoice.exe.pdf", "invoice_exe.png"),
        ("invoice.exe .pdf", "invoice_exe.png"),
        ("report v1.2 of 2026.11.28.pdf", "report v1.2 of 2026.11.28.png"),
        ("-rf.png", "rf.png"),
        ("~$draft.png", "$draft.png"),
        ("\u2066a\u200b\ufeff\u2069\x00\x1b[31m.png", "a[31m.png"),
        ("a/b\u2044c.png", "b\u2044c.png"),
        ("e\u0301te\u0301.png", "été.png"),
        ("...", "picture.png"),
    ],
)
def test_safe_name_keeps_the_words_and_nothing_else(given, kept):
    assert safe_name(given, ".png") == kept


# The small picture --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_large_picture_gets_a_small_one_without_anything_beside_its_pixels(kind):
    clean = cleaned(upload(kind, content=photograph(kind)))
    small = Image.open(clean.small.content)
    assert (
        (small.format, small.size)
        == ("WEBP", (clean.small.width, clean.small.height))
        == ("WEBP", (480, 360))
    )
    clean.small.content.seek(0)
    tags = tags_of(clean.small.content.read())
    assert {name.partition(":")[0] for name in tags} <= {
        "SourceFile",
        "ExifTool",
        "File",
        "RIFF",
        "Composite",
    }
    # Nothing of it is left in the file itself, which ends where a picture ends.
    assert Image.open(clean.content).size == (clean.width, clean.height) == (1200, 900)
    assert clean.size == len(clean.content) and b"WEBP" not in clean.content.read()[16:]


def test_long_picture_is_made_small_in_its_height_too():
    small = cleaned(upload(content=photograph("JPEG", (600, 2400)))).small
    assert (small.width, small.height) == (160, 640)


def weight(picture, quality):
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.tell()


def test_small_picture_gives_up_detail_until_it_is_light():
    grain = Image.effect_noise((480, 640), 90).filter(ImageFilter.GaussianBlur(2.2)).convert("RGB")
    out = io.BytesIO()
    grain.save(out, "JPEG", quality=95)
    first, *_, last = SMALL_QUALITIES
    assert weight(grain, first) > LIGHT > weight(grain, last)
    small = cleaned(upload(content=out.getvalue())).small
    assert (small.width, small.height) == grain.size and small.content.size <= LIGHT


def test_picture_that_is_light_already_and_what_is_no_picture_get_none():
    assert cleaned(upload()).small is None
    assert cleaned(SimpleUploadedFile("a.txt", b"Words"), POST).small is None


@pytest.mark.parametrize("small", [[0, 9, 9], [10**9, 9, 9], [4, 481, 9], [4, 9, 0], [4], "x", [4, None, 9]])
def test_what_a_taken_over_process_says_of_a_small_picture_is_not_believed(monkeypatch, small):
    said = {"kind": "jpeg", "ending": ".jpg", "notes": [], "size": [40, 20], "small": small}
    monkeypatch.setattr("files.cleaning.door.in_child", lambda *_: (said, picture()))
    with pytest.raises(UnacceptableFile):
        cleaned(upload())
