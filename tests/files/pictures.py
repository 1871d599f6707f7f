"""Pictures made for the tests, with and without what cameras hide in them."""

import io

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PLACE = "Latitude"
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="33,53.3N" exif:GPSLongitude="35,30.1E"/>'
    b"</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "HEIF": "heic"}


def exif(orientation: int = 1) -> Image.Exif:
    """A place, a telephone, an hour, and which way is up."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F], tags[0x0110] = "TelephoneMaker", "Model 7"
    tags[0x0132] = "2026:11:01 10:20:30"
    gps = tags.get_ifd(0x8825)
    gps[1], gps[2] = "N", (33.0, 53.0, 18.0)
    gps[3], gps[4] = "E", (35.0, 30.0, 6.0)
    return tags


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 20), orientation: int = 1, mode: str = "RGB"
) -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size, "teal" if mode in {"RGB", "RGBA"} else 0)
    extra = {"exif": exif(orientation)}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "somebody who must not be known")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        extra["pnginfo"] = text
    else:
        extra["xmp"] = XMP
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
        extra["exif"] = extra["exif"].tobytes()
    image.save(out, kind, **extra)
    return out.getvalue()


def photograph(kind: str = "JPEG", size: tuple[int, int] = (1200, 900)) -> bytes:
    """With edges and grain, so that its weight is a photograph's; with all that cameras hide."""
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 60).resize(size)
    image = Image.merge("RGB", (noise, noise.rotate(180), Image.linear_gradient("L").resize(size)))
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image.save(out, kind, exif=exif().tobytes(), **({} if kind == "PNG" else {"xmp": XMP}))
    return out.getvalue()


def upload(kind: str = "JPEG", name: str = "", content: bytes | None = None, **options) -> SimpleUploadedFile:
    """As a browser sends it; the content type it claims is never believed."""
    content = picture(kind, **options) if content is None else content
    return SimpleUploadedFile(name or f"photo.{ENDINGS[kind]}", content, "application/x-whatever")
