"""Pictures: decoded and encoded again, so that only the pixels are taken over.

A photograph carries where and when it was taken, with which device, sometimes a small copy of the picture
before it was cropped. All of that lies beside the pixels.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from files.cleaning.base import CleanFile, UnacceptableFile, refuse_size, safe_name

if TYPE_CHECKING:
    from django.core.files.base import File

# Pillow's name of a format -> (content type, ending of the name)
TYPES: Final = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
}
# A telephone's largest ordinary photograph has 50 million pixels; decoded, this many take 256 MB.
MAX_PIXELS: Final = 64_000_000
# WebP's own limit for a side, in pixels.
MAX_SIDE: Final = 16_383
# A page of A4 can still be read at 220 dots an inch; larger ones only cost the reader's line.
LONGEST_SIDE: Final = 2560


def cleaned(upload: File[Any]) -> CleanFile:
    """A picture. Raises UnacceptableFile. Costs the CPU of a re-encoding: call it before a transaction."""
    refuse_size(upload)
    upload.seek(0)
    content, kind, size = _encoded_again(upload)
    content_type, ending = TYPES[kind]
    return CleanFile(
        name=safe_name(upload.name or "", ending),
        content_type=content_type,
        content=ContentFile(content),
        size=len(content),
        width=size[0],
        height=size[1],
    )


def _encoded_again(source: IO[bytes] | File[Any]) -> tuple[bytes, str, tuple[int, int]]:
    """Bytes, Pillow's name of the format, width and height."""
    try:
        # Only these three decoders ever see the bytes.
        with Image.open(source, formats=list(TYPES)) as picture:
            _refuse_bomb(*picture.size)
            kind = str(picture.format)
            pixels = _pixels(picture)
    except UnacceptableFile:
        raise
    except UnidentifiedImageError:
        raise _not_accepted() from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None  # Pillow's own, larger limit, met first
    except Exception:
        # Pillow raises whatever its decoders do (OSError, ValueError, SyntaxError, struct.error, ...).
        raise UnacceptableFile(
            _("This picture is damaged: it cannot be opened. Please save it anew and choose it again."),
            code="damaged",
        ) from None
    return _bytes_of(pixels, kind), kind, pixels.size


def _refuse_bomb(width: int, height: int) -> None:
    """The header alone says how large it becomes; nothing is decoded yet."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()


def _too_many_pixels() -> UnacceptableFile:
    return UnacceptableFile(
        _("This picture has too many pixels. At most %(count)d million are possible: please make it smaller.")
        % {"count": MAX_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


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


def _bytes_of(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        picture.save(out, "PNG", optimize=True)
    elif kind == "WEBP":
        picture.save(out, "WEBP", quality=82, method=4)
    else:
        picture.convert("L" if picture.mode == "L" else "RGB").save(
            out, "JPEG", quality=85, optimize=True, progressive=True
        )
    return out.getvalue()


def _not_accepted() -> UnacceptableFile:
    return UnacceptableFile(
        _("This file is not a picture we can take. JPEG, PNG and WebP are possible for now."), code="type"
    )
