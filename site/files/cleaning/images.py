"""Pictures: decoded and encoded again, so that only the pixels are taken over.

A photograph carries where and when it was taken, with which device, sometimes a small copy of the picture
before it was cropped. All of that lies beside the pixels.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, Any, Final

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from files.cleaning.limits import (
    LIGHT,
    LONGEST_SIDE,
    MAX_PIXELS,
    MAX_SIDE,
    MOST_WITHOUT_LOSS,
    SMALL,
    SMALL_QUALITIES,
)
from files.cleaning.notes import Note, note, note_tag
from files.cleaning.refusals import UnacceptableFile

pillow_heif.register_heif_opener()
# Only these decoders ever see the bytes.
DECODERS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
# Of what else Pillow finds beside the pixels; the rest of `info` is how they are packed.
TELLING: Final = ("comment", "xmp", "XML:com.adobe.xmp", "photoshop", "mp")


@dataclass(frozen=True, slots=True)
class Encoded:
    """`kind`: "jpeg" or "webp". `small`: a WebP for the page, None where the picture itself is light enough."""

    content: bytes
    kind: str
    size: tuple[int, int]
    small: bytes | None
    small_size: tuple[int, int]


def encoded_again(source: IO[bytes], *, with_small: bool = True) -> Encoded:
    """Raises UnacceptableFile."""
    try:
        source.seek(0)
        with Image.open(source, formats=DECODERS) as picture:
            _refuse_bomb(*picture.size)
            _note(picture)
            pixels = _pixels(picture)
            kind = str(picture.format)
    except UnacceptableFile:
        raise
    except UnidentifiedImageError:
        raise UnacceptableFile("type.picture") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None  # Pillow's own, larger limit, met first
    except MemoryError:
        raise
    except Exception:
        # Pillow raises whatever its decoders do (OSError, ValueError, SyntaxError, struct.error, ...).
        raise UnacceptableFile("damaged.picture") from None
    content, encoded = _bytes_of(pixels, kind)
    small, small_size = _small(pixels) if with_small and len(content) > LIGHT else (None, SMALL)
    return Encoded(content, encoded, pixels.size, small, small_size)


def _small(pixels: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """Of the bare pixels, so that there is nothing to take out of it."""
    small = pixels.copy()
    small.thumbnail(SMALL)
    content = b""
    for quality in SMALL_QUALITIES:
        content = _saved(small, "WEBP", quality=quality, method=4)
        if len(content) <= LIGHT:
            break
    return content, small.size


def _refuse_bomb(width: int, height: int) -> None:
    """The header alone says how large it becomes; nothing is decoded yet."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()


def _too_many_pixels() -> UnacceptableFile:
    return UnacceptableFile("too_many_pixels", count=MAX_PIXELS // 1_000_000)


def _note(picture: Image.Image) -> None:
    """What is about to go. Broken tags go as well, and nobody can say what they were."""
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "HEIF":
        note(Note.ANIMATION)
    for name, value in picture.info.items():
        if name in TELLING or (picture.format == "PNG" and isinstance(value, str)):
            note_xmp(value) if "xmp" in str(name).lower() else note_tag(name)
    try:
        note_exif(picture.getexif())
    except Exception:
        note(Note.PROPERTIES)


def note_exif(tags: Image.Exif) -> None:
    names = {ExifTags.TAGS.get(tag, "") for block in (tags, tags.get_ifd(ExifTags.IFD.Exif)) for tag in block}
    for name in names - {"", "Orientation", "ExifOffset", "GPSInfo"} - _HOW_PACKED:
        note_tag(name)
    if tags.get_ifd(ExifTags.IFD.GPSInfo):
        note(Note.PLACE)
    if tags.get_ifd(ExifTags.IFD.IFD1):
        note(Note.PREVIEW)


# EXIF that says nothing of anybody.
_HOW_PACKED: Final = frozenset({
    "ImageWidth", "ImageLength", "XResolution", "YResolution", "ResolutionUnit", "YCbCrPositioning", "ColorSpace",
    "ExifVersion", "ExifImageWidth", "ExifImageHeight", "ComponentsConfiguration", "FlashPixVersion",
    "ExifInteroperabilityOffset", "BitsPerSample", "SamplesPerPixel", "Compression",
})  # fmt: skip


def note_xmp(packet: Any) -> None:
    text = packet.decode("utf-8", "ignore") if isinstance(packet, bytes) else str(packet)
    note(Note.PROPERTIES)
    for what, word in ((Note.PLACE, "GPS"), (Note.PEOPLE, "creator"), (Note.DEVICE, "CreatorTool")):
        if word in text:
            note(what)


def _pixels(picture: Image.Image) -> Image.Image:
    """Upright, in sRGB, at most LONGEST_SIDE, and nothing but pixels. Of an animation the first picture."""
    picture.seek(0)
    if picture.format == "JPEG":
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = _in_srgb(_in_plain_mode(upright), profile)
    # `info` and EXIF stay behind; a copy of the pixels has neither.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """RGB, RGBA or grey. CMYK, palettes, 16 bits and the like come from cameras and scanners."""
    if picture.mode in {"RGB", "RGBA", "L"}:
        # PNG's single transparent colour lies in `info`, which is about to go.
        return picture.convert("RGBA") if "transparency" in picture.info else picture
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.point(lambda value: value / 256).convert("L")
    see_through = picture.mode in {"PA", "LA", "La", "RGBa"} or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A profile names its device, so it does not stay; its colours do."""
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(
            picture, own, ImageCms.createProfile("sRGB"), outputMode=picture.mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile nobody understands: the colours as they are
    return changed or picture


def _bytes_of(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    """A photograph as JPEG, which every program opens; what is drawn or see-through as WebP."""
    if kind in ("JPEG", "HEIF", "AVIF") and picture.mode != "RGBA":
        plain = picture.convert("L" if picture.mode == "L" else "RGB")
        return _saved(plain, "JPEG", quality=85, optimize=True, progressive=True), "jpeg"
    content = _saved(picture, "WEBP", lossless=True, quality=40, method=2) if kind == "PNG" else b""
    if not content or len(content) > MOST_WITHOUT_LOSS:
        content = _saved(picture, "WEBP", quality=82, method=4)
    return content, "webp"


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
