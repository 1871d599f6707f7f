"""PDF (ISO 32000): pages stay, the record about them goes, and nothing runs when it is opened."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from files.cleaning.bare import bare_jpeg
from files.cleaning.limits import MOST_EMBEDDED_PICTURE, MOST_OBJECTS, MOST_PAGES
from files.cleaning.notes import Note, note, note_tag
from files.cleaning.refusals import UnacceptableFile, damaged

ROOT_DROPPED: Final = (
    "/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/Threads", "/SpiderInfo", "/Perms", "/Collection",
    "/AF", "/DSS", "/Legal", "/Requirements", "/URI",
)  # fmt: skip
NAMES_DROPPED: Final = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/AlternatePresentations")
# Anywhere: what programs and cameras leave behind.
DROPPED: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/EF", "/GTS_Env", "/Private")
# Of a remark on a page: who made it, when.
OF_REMARK: Final = ("/T", "/M", "/CreationDate", "/NM", "/RC")
OF_SIGNATURE: Final = (
    "/Name", "/Location", "/Reason", "/ContactInfo", "/M", "/Contents", "/Cert", "/Prop_Build", "/ByteRange",
    "/Reference",
)  # fmt: skip
RUNNING: Final = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
    "/GoToR",  # a file beside it, or on somebody's server, which would see who asks
    "/Thread",
    "/Movie",
    "/Sound",
}
NOTES: Final = {
    "/JavaScript": Note.SCRIPTS, "/OpenAction": Note.SCRIPTS, "/AA": Note.SCRIPTS, "/XFA": Note.SCRIPTS,
    "/EmbeddedFiles": Note.ATTACHMENTS, "/EF": Note.ATTACHMENTS, "/AF": Note.ATTACHMENTS,
    "/Collection": Note.ATTACHMENTS, "/LastModified": Note.TIME, "/Metadata": Note.PROPERTIES,
    "/PieceInfo": Note.DEVICE, "/Perms": Note.SIGNATURE, "/DSS": Note.SIGNATURE, "/T": Note.PEOPLE, "/M": Note.TIME,
}  # fmt: skip
# Where a link may lead; `file:` asks a disk, and a server behind `\\\\` learns who opened it.
LEADS: Final = re.compile(r"(?i)\s*(?:https?:|mailto:|tel:|#|[^:\\/]*$)")


def bare_pdf(content: bytes) -> bytes:
    """Raises UnacceptableFile."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise UnacceptableFile("locked.pdf")
            if len(pdf.objects) > MOST_OBJECTS:
                raise UnacceptableFile("exhausting")
            if not (pages := len(pdf.pages)):
                raise damaged()
            if pages > MOST_PAGES:
                raise UnacceptableFile("too_many_pages", count=MOST_PAGES)
            if content.count(b"%%EOF") > (2 if pdf.is_linearized else 1):
                note(Note.VERSIONS)
            return _written(pdf)
    except pikepdf.PasswordError:
        raise UnacceptableFile("locked.pdf") from None
    except pikepdf.PdfError:
        raise damaged() from None


def _written(pdf: Pdf) -> bytes:
    for name in pdf.docinfo.keys() if "/Info" in pdf.trailer else ():
        note_tag(name)
    for entry in ("/Info", "/ID"):
        if entry in pdf.trailer:
            del pdf.trailer[entry]
    _forget_root(pdf.Root)
    for made in pdf.objects:
        for found in _within(made):
            _forget(found)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _forget_root(root: Any) -> None:
    _drop(root, ROOT_DROPPED)
    if isinstance(root.get("/Names"), Dictionary):
        _drop(root.Names, NAMES_DROPPED)
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        _drop(form, ("/XFA", "/CO"))


def _drop(holder: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in holder:
            note(*([NOTES[name]] if name in NOTES else ()))
            del holder[name]


def _within(made: Object, depth: int = 0) -> Iterator[Any]:
    """The dictionaries written inside an object, itself included; those of their own come by themselves."""
    if isinstance(made, (Dictionary, Stream)):
        yield made
        values = [value for _key, value in made.items()]
    elif isinstance(made, Array):
        values = list(made)
    else:
        return
    for value in values:
        is_own = isinstance(value, Object) and value.is_indirect
        if depth < 20 and not is_own and isinstance(value, (Dictionary, Array)):
            yield from _within(value, depth + 1)


def _forget(found: Any) -> None:
    _drop(found, DROPPED)
    if isinstance(found, Stream):
        _drop(found, ("/F", "/FFilter", "/FDecodeParms"))  # bytes that lie in another file
    if _is_signature(found):
        note(Note.SIGNATURE)
        _drop(found, OF_SIGNATURE)
    kind = str(found.get("/S", ""))
    if kind in RUNNING or (kind == "/URI" and not LEADS.match(_text(found.get("/URI")))):
        note(Note.SCRIPTS if kind in RUNNING - {"/GoToR", "/Thread"} else Note.LINKS)
        for name in list(found.keys()):
            del found[name]
        found["/S"], found["/N"] = Name("/Named"), Name("/Nothing")
    subtype = str(found.get("/Subtype", ""))
    if "/Rect" in found and subtype not in ("/Widget", ""):
        if "/Contents" in found and subtype != "/Link":
            note(Note.COMMENTS)
        _drop(found, OF_REMARK)
    if isinstance(found, Stream) and subtype == "/Image":
        _forget_camera(found)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""


def _is_signature(found: Any) -> bool:
    return str(found.get("/Type", "")) in ("/Sig", "/DocTimeStamp") or "/ByteRange" in found


def _forget_camera(picture: Any) -> None:
    """A photograph on a page is a whole JPEG, with place and device in it."""
    filters = picture.get("/Filter")
    names = [str(filters)] if isinstance(filters, Name) else [str(one) for one in filters or ()]
    if not names or names[-1] != "/DCTDecode":
        return
    raw = picture.read_raw_bytes()
    for name in names[:-1]:
        raw = _unpacked(name, raw)
    parameters = picture.get("/DecodeParms")
    own = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    picture.write(
        bare_jpeg(raw), filter=Name("/DCTDecode"), decode_parms=own if isinstance(own, Dictionary) else None
    )


def _unpacked(name: str, raw: bytes) -> bytes:
    if name != "/FlateDecode":
        raise damaged()
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(raw, MOST_EMBEDDED_PICTURE)
    if unpacking.unconsumed_tail:
        raise damaged()
    return content
