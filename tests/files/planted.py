"""Eight formats with what cameras, telephones and programs hide in them: each tag with a word of its own."""

import io
import subprocess
import tempfile
from pathlib import Path

from mutagen.id3 import COMM, GEOB, ID3, PRIV, TIT2, TPE1, TSSE, TXXX

from tests.files import samples
from tests.files.hostile import made_pdf
from tests.files.pictures import picture

# tag, as exiftool calls it -> what is planted there. Numbers are places; words are made up.
CAMERA = {
    "EXIF:Make": "Zqmakera",
    "EXIF:Model": "Zqmodel7",
    "EXIF:Artist": "Zqartist",
    "EXIF:Copyright": "Zqrights",
    "EXIF:UserComment": "Zqremark",
    "EXIF:GPSLatitude": "33.888611",
    "EXIF:GPSLongitude": "35.495555",
    "EXIF:DateTimeOriginal": "2026:11:01 10:20:30",
    "XMP-dc:Creator": "Zqcreator",
    "XMP-xmp:CreatorTool": "Zqtool",
}
TAGS: dict[str, dict[str, str]] = {
    "photo.jpg": {**CAMERA, "IPTC:By-line": "Zqbyline", "File:Comment": "Zqnote", "EXIF:SerialNumber": "Zqserial"},
    "photo.png": {**CAMERA, "PNG:Author": "Zqauthor", "PNG:Comment": "Zqnote"},
    "photo.webp": CAMERA,
    "photo.heic": CAMERA,
    "report.pdf": {"PDF:Author": "Zqauthor", "PDF:Title": "Zqtitle", "PDF:Keywords": "Zqkeyword",
                   "PDF:Creator": "Zqwriter", "PDF:Producer": "Zqproducer", "XMP-dc:Creator": "Zqcreator"},
    "report.docx": {"XMP:Creator": "Zqcore", "XML:Company": "Zqcompany", "XML:Manager": "Zqmanager",
                    "XMP:LastModifiedBy": "Zqlast", "XMP:Description": "Zqabout"},
    "voice.mp3": {"ID3:Artist": "Zqartist", "ID3:Title": "Zqtitle", "ID3:Comment": "Zqremark",
                  "ID3:EncoderSettings": "Zqencoder", "ID3:UserDefinedText": "Zqdevice"},
    "film.mp4": {"Keys:GPSCoordinates": "33.888611, 35.495555, 12", "Keys:Make": "Zqmakera",
                 "Keys:Model": "Zqmodel7", "Keys:Author": "Zqauthor", "ItemList:Title": "Zqtitle",
                 "UserData:LocationInformation": "Zqplace", "QuickTime:CreateDate": "2026:11:01 10:20:30"},
}  # fmt: skip
WORDS = {word.split(",")[0] for tags in TAGS.values() for word in tags.values()}


def fixture(name: str) -> bytes:
    bare = {"photo.jpg": lambda: _plain("JPEG"), "photo.png": lambda: _plain("PNG"),
            "photo.webp": lambda: _plain("WEBP"), "photo.heic": lambda: _plain("HEIF"),
            "report.pdf": made_pdf, "film.mp4": samples.mp4}  # fmt: skip
    if name in bare:
        return _written(bare[name](), name)
    return {"report.docx": _letter, "voice.mp3": _voice}[name]()


def _plain(kind: str) -> bytes:
    return picture(kind, size=(64, 48))


def _written(content: bytes, name: str) -> bytes:
    """By exiftool, as somebody's program would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        refs = ["-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitudeRef=E"] if name.startswith("photo") else []
        tags = [f"-{tag.removeprefix('File:')}={value}" for tag, value in TAGS[name].items()]
        subprocess.run(["exiftool", "-q", "-m", "-overwrite_original", *tags, *refs, path], check=True)
        return path.read_bytes()


def _letter() -> bytes:
    tags = TAGS["report.docx"]
    core = (
        f'<cp:coreProperties xmlns:cp="{samples.PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/'
        f'elements/1.1/"><dc:creator>{tags["XMP:Creator"]}</dc:creator><cp:lastModifiedBy>{tags["XMP:LastModifiedBy"]}'
        f"</cp:lastModifiedBy><dc:description>{tags['XMP:Description']}</dc:description></cp:coreProperties>"
    )
    app = f"<Properties><Company>{tags['XML:Company']}</Company><Manager>{tags['XML:Manager']}</Manager></Properties>"
    return samples.docx(**{"docProps/core.xml": core, "docProps/app.xml": app})


def _voice() -> bytes:
    tags, out = TAGS["voice.mp3"], io.BytesIO(samples.mp3())
    made = ID3()
    for frame in (
        TPE1(3, text=tags["ID3:Artist"]), TIT2(3, text=tags["ID3:Title"]),
        COMM(3, lang="eng", desc="", text=tags["ID3:Comment"]), TSSE(3, text=tags["ID3:EncoderSettings"]),
        TXXX(3, desc="Device", text=tags["ID3:UserDefinedText"]),
        GEOB(3, mime="text/plain", desc="x", data=b"Zqartist"), PRIV(owner="Zqdevice", data=b"Zqdevice"),
    ):  # fmt: skip
        made.add(frame)
    made.save(out, v1=2)
    return out.getvalue()
