"""Files of every sort with something planted in them that must not stay: a name, a program, a place."""

import io
import struct
import zipfile

import pikepdf
from mutagen.id3 import APIC, ID3, TIT2, TPE1
from mutagen.ogg import OggPage

from tests.files.pictures import picture

WHO = "Plantedname"
WHERE = "+33.8880+035.5020/"


# PDF --------------------------------------------------------------------------------------------------------
def pdf() -> bytes:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    jpeg = made.make_stream(
        picture("JPEG"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=20
    )
    jpeg.Filter, jpeg.ColorSpace, jpeg.BitsPerComponent = pikepdf.Name.DCTDecode, pikepdf.Name.DeviceRGB, 8
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=jpeg))
    page.obj.PieceInfo = pikepdf.Dictionary(
        Program=pikepdf.Dictionary(Private=pikepdf.String(f"{WHO} piece"))
    )
    page.obj.Contents = made.make_stream(b"q 40 0 0 20 0 0 cm /Im0 Do Q")
    remark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 10, 10], Contents=pikepdf.String("Lu"),
        T=pikepdf.String(f"{WHO} remark"), M=pikepdf.String("D:20261101102030"),
    )  # fmt: skip
    page.obj.Annots = pikepdf.Array([made.make_indirect(remark)])
    with made.open_metadata() as record:
        record["dc:creator"] = [f"{WHO} xmp"]
    made.docinfo["/Author"], made.docinfo["/Producer"] = f"{WHO} info", f"{WHO} producer"
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{WHO}')"))
    made.Root.OpenAction = script
    made.attachments["notes.txt"] = f"{WHO} attached".encode()
    made.Root.AA = pikepdf.Dictionary(WC=script)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    return out.getvalue()


# Archives ---------------------------------------------------------------------------------------------------
def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(**more: bytes | str) -> bytes:
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/><Override '
        'PartName="/docProps/core.xml" ContentType="x"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/'
        f'officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{WHO} core</dc:creator></cp:coreProperties>',
        "docProps/app.xml": f"<Properties><Company>{WHO} company</Company></Properties>",
        "docProps/custom.xml": f"<Properties>{WHO} custom</Properties>",
        "docProps/thumbnail.jpeg": picture("JPEG"),
        "customXml/item1.xml": f"<x>{WHO} bound</x>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:p w:rsidR="00AB12CD"><w:ins w:id="1" '
        f'w:author="{WHO}" w:date="2026-11-01T10:20:30Z"><w:r><w:t>Un registre</w:t></w:r></w:ins></w:p></w:body>'
        "</w:document>",
        "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="{WHO}" w:initials="Pn" '
        'w:date="2026-11-01T10:20:30Z"><w:p><w:r><w:t>À relire</w:t></w:r></w:p></w:comment></w:comments>',
        "word/settings.xml": f'<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:attachedTemplate r:id="rId1"/>'
        '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/attachedTemplate" Target="file:///C:/Users/{WHO}/Normal.dotm" TargetMode="External"/>'
        "</Relationships>",
        "word/media/image1.jpeg": picture("JPEG"),
        "word/media/image2.png": picture("PNG"),
    }
    return archive({**parts, **more})


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def xlsx() -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{SHEET}"/></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{main}"><fileSharing userName="{WHO}"/><sheets/></workbook>',
            "xl/comments1.xml": f'<comments xmlns="{main}"><authors><author>{WHO}</author></authors></comments>',
            "xl/persons/person.xml": f'<personList><person displayName="{WHO}" id="1" userId="{WHO}"/></personList>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}" xmlns:r="{OFFICE}"><pageSetup r:id="rId9"/>'
            "</worksheet>",
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="rId9" Type="{OFFICE}/printerSettings" Target="../printerSettings/p1.bin"/></Relationships>',
            "xl/printerSettings/p1.bin": WHO.encode("utf-16-le"),
        }
    )


OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def odt(**more: bytes | str) -> bytes:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/"/><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/>'
        '<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>',
        "meta.xml": f"<x>{WHO} meta</x>",
        "settings.xml": f'<o:document-settings xmlns:o="{OASIS}:office:1.0" xmlns:config="{OASIS}:config:1.0">'
        f'<config:config-item config:name="PrinterName">{WHO} printer</config:config-item></o:document-settings>',
        "content.xml": f'<o:document-content xmlns:o="{OASIS}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:r="http://openoffice.org/2009/office" xmlns:t="text" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<o:annotation><dc:creator>{WHO}</dc:creator><dc:date>2026-11-01T10:20:30</dc:date></o:annotation><t:p "
        f'r:rsid="00ab">Un registre</t:p><t:a xlink:href="file:///home/{WHO}/x.odt"/></o:document-content>',
        "Thumbnails/thumbnail.png": picture("PNG"),
        "Pictures/photo.jpg": picture("JPEG"),
    }
    return archive({**parts, **more})


def epub() -> bytes:
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container/>",
            "META-INF/calibre_bookmarks.txt": WHO,
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Un guide</dc:title><dc:language>fr</dc:language>'
            f'<dc:identifier id="id">{WHO}</dc:identifier><dc:creator>{WHO}</dc:creator><meta name="generator" '
            f'content="{WHO}"/></metadata></package>',
            "OEBPS/one.xhtml": '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="author" '
            f'content="{WHO}"/></head><body><p>Un registre</p></body></html>',
            "OEBPS/cover.jpg": picture("JPEG"),
        }
    )


# Sound ------------------------------------------------------------------------------------------------------
def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    out = io.BytesIO(frame * 20)
    tags = ID3()
    tags.add(TPE1(encoding=3, text=WHO))
    tags.add(TIT2(encoding=3, text=f"{WHO} title"))
    tags.add(APIC(encoding=3, mime="image/jpeg", type=3, desc="cover", data=picture("JPEG")))
    tags.save(out, v1=2)
    return out.getvalue()


def ogg() -> bytes:
    def page(packet, number, *, first=False, last=False, position=0):
        made = OggPage()
        made.packets, made.sequence, made.serial, made.position = [packet], number, 7, position
        made.first, made.last = first, last
        return made.write()

    def field(text):
        return struct.pack("<I", len(text)) + text.encode()

    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = (
        b"OpusTags"
        + field("lib")
        + struct.pack("<I", 2)
        + field(f"ARTIST={WHO}")
        + field(f"LOCATION={WHERE}")
    )
    sound = page(b"\xf8\xff\xfe", 2, last=True, position=960)
    return page(head, 0, first=True) + page(tags, 1) + sound


def wav() -> bytes:
    def chunk(name, body):
        return struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)

    info = b"INFO" + chunk(b"IART", WHO.encode())
    sound = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)) + chunk(b"data", b"\x80" * 80)
    body = b"WAVE" + chunk(b"bext", WHO.encode().ljust(602, b"\0")) + sound + chunk(b"LIST", info)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# Film -------------------------------------------------------------------------------------------------------
def box(kind: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return struct.pack(">I4s", 8 + len(body), kind) + body


SHOWN, HIDDEN = b"SOUNDSOUND", f"{WHO} gps".encode()


def _track(number: int, handler: bytes, offset: int, length: int) -> bytes:
    hours = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    tables = [
        box(b"stsd", struct.pack(">II", 0, 1), box(b"mp4a", bytes(6), b"\0\1", bytes(20))),
        box(b"stts", struct.pack(">IIII", 0, 1, 1, 1000)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        box(b"stsz", struct.pack(">IIII", 0, 0, 1, length)),
        box(b"stco", struct.pack(">III", 0, 1, offset)),
    ]
    reference = box(b"dref", struct.pack(">II", 0, 1), box(b"url ", b"\0\0\0\1"))
    return box(
        b"trak",
        box(b"tkhd", bytes(4), hours, struct.pack(">III", number, 0, 1000), bytes(60)),
        box(b"mdia",
            box(b"mdhd", bytes(4), hours, struct.pack(">IIHH", 1000, 1000, 0, 0)),
            box(b"hdlr", bytes(8), handler, bytes(12), f"{WHO} handler\0".encode()),
            box(b"minf", box(b"smhd", bytes(8)), box(b"dinf", reference), box(b"stbl", *tables))),
        box(b"udta", box(b"name", WHO.encode())),
    )  # fmt: skip


def mp4(brand: bytes = b"isom") -> bytes:
    """Sound, a hidden track of places, and a place in `udta`, as a telephone writes it."""
    ftyp = box(b"ftyp", brand, bytes(4), brand)
    at = len(ftyp) + 8
    mdat = box(b"mdat", SHOWN, HIDDEN)
    hours = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    place = WHERE.encode()
    return (
        ftyp
        + mdat
        + box(b"moov",
            box(b"mvhd", bytes(4), hours, struct.pack(">II", 1000, 1000), bytes(80)),
            _track(1, b"soun", at, len(SHOWN)),
            _track(2, b"meta", at + len(SHOWN), len(HIDDEN)),
            box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7), place),
                box(b"\xa9mod", struct.pack(">HH", len(WHO), 0), WHO.encode())))
        + box(b"uuid", bytes(16), WHO.encode())
    )  # fmt: skip


def element(id_: int, body: bytes) -> bytes:
    head = id_.to_bytes((id_.bit_length() + 7) // 8)
    return head + (0x4000 | len(body)).to_bytes(2) + body


def webm() -> bytes:
    header = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(0x1549A966,
        element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4D80, WHO.encode()) + element(0x5741, WHO.encode())
        + element(0x7BA9, f"{WHO} title".encode()) + element(0x4461, bytes(8)),
    )  # fmt: skip
    track = element(0xAE, element(0xD7, b"\x01") + element(0x83, b"\x02") + element(0x536E, WHO.encode()))
    tags = element(0x1254C367, WHO.encode() * 20)
    cluster = element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, b"\x81\0\0\x80SOUND"))
    segment = info + element(0x1654AE6B, track) + tags + cluster + element(0x1941A469, WHO.encode())
    return header + element(0x18538067, segment)


# Text -------------------------------------------------------------------------------------------------------
def rtf() -> bytes:
    photo = picture("JPEG").hex().encode()
    return (
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\title "
        + WHO.encode()
        + rb"}{\author "
        + WHO.encode()
        + rb"}}"
        rb"{\*\generator " + WHO.encode() + rb";}{\*\rsidtbl \rsid123}{\*\revtbl{" + WHO.encode() + rb";}}"
        rb"\pard\rsid123 Un \'e9t\'e9 \{vrai\}\par{\pict\jpegblip " + photo + rb"}}"
    )
