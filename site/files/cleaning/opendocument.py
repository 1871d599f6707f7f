"""OpenDocument (ISO/IEC 26300) and EPUB: the words stay, the people and machines behind them go."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from files.cleaning.archives import packed, parts_of
from files.cleaning.inner import bare_inner
from files.cleaning.notes import Note, note
from files.cleaning.office import ON_A_DISK, Authors
from files.cleaning.refusals import UnacceptableFile
from files.cleaning.xml import elements, forget_scripts, local, parsed, take_out, written

MANIFEST: Final = "META-INF/manifest.xml"
LEFT_OUT: Final = re.compile(
    r"(?:.*/)?(?:Thumbnails/.*|Versions/.*|VersionList\.xml|layout-cache|Configurations2/.*)|"
    r"META-INF/(?:documentsignatures|macrosignatures)\.xml|Basic/script-l[bc]\.xml|.*\.rdf"
)
_OF_PART: Final = (
    ("humbnail", Note.PREVIEW), ("Version", Note.VERSIONS), ("signatures", Note.SIGNATURE),
)  # fmt: skip
MACROS: Final = re.compile(r"(?:Basic|Scripts)/.+")
NO_META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
NAMES: Final = {"creator", "sender-initials", "creator-initials"}
# Settings that name printers, folders, accounts, or tell which texts grew out of one another.
TELLING_SETTING: Final = re.compile(
    r"(?i).*(?:printer|rsid|user|path|url|directory|database|account|server|macro).*"
)


STAYING: Final = {"annotation": Note.COMMENTS, "tracked-changes": Note.CHANGES}
# Links that start a program where the file is opened.
RUNNING: Final = {"dde-connection", "dde-connection-decl", "dde-source", "dde-link"}
SCRIPTS: Final = {"event-listener", "script", "applet", "plugin"}


def bare_opendocument(content: bytes, depth: int = 0) -> bytes:
    """Raises UnacceptableFile."""
    parts = parts_of(content)
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise UnacceptableFile("locked")
    kept = {name: body for name, body in parts.items() if not LEFT_OUT.fullmatch(name)}
    for name in parts.keys() - kept.keys():
        note(next((what for word, what in _OF_PART if word in name), Note.PROPERTIES))
    if any(MACROS.fullmatch(name) for name in kept):
        raise UnacceptableFile("macros")
    authors = Authors()
    return packed({name: _bare_part(name, body, set(kept), authors, depth) for name, body in kept.items()})


def _bare_part(name: str, body: bytes, kept: set[str], authors: Authors, depth: int) -> bytes:
    if name == "mimetype":
        return body.strip()
    if name.rpartition("/")[2] == "meta.xml":
        if b"creator" in body:
            note(Note.PEOPLE)
        if body != NO_META:
            note(Note.PROPERTIES)
        return NO_META
    if not name.lower().endswith((".xml", ".svg")):
        return bare_inner(name, body, depth)
    root = parsed(body, with_doctype=name == MANIFEST)
    for element in elements(root):
        if name == MANIFEST:
            _forget_entry(element, kept)
        else:
            _forget_people(element, authors)
            if name.lower().endswith(".svg"):
                forget_scripts(element)
    return written(root)


def _forget_entry(element: Any, kept: set[str]) -> None:
    path = next((value for key, value in element.attrib.items() if local(key) == "full-path"), None)
    if path is not None and not path.endswith("/") and path not in kept:
        take_out(element)


def _forget_people(element: Any, authors: Authors) -> None:
    tag = local(element.tag)
    if tag in RUNNING:
        raise UnacceptableFile("macros")
    if tag in SCRIPTS:
        note(Note.SCRIPTS)
        take_out(element)
        return
    if tag in STAYING:
        note(STAYING[tag])
    if tag in NAMES and element.text:
        element.text = authors[element.text] if tag == "creator" else ""
    elif tag == "date" and local(getattr(element.getparent(), "tag", "")) in {"annotation", "change-info"}:
        element.text = "1980-01-01T00:00:00"
    elif tag == "config-item" and any(TELLING_SETTING.fullmatch(value) for value in element.attrib.values()):
        note(Note.DEVICE)
        take_out(element)
    for attribute, value in list(element.attrib.items()):
        what = local(attribute)
        if what in {"rsid", "paragraph-rsid"}:
            del element.attrib[attribute]
        elif what == "href" and (ON_A_DISK.match(value) or (tag != "a" and "://" in value)):
            note(Note.LINKS)
            element.set(attribute, "about:blank")


# E-books ----------------------------------------------------------------------------------------------------
CONTAINER: Final = "META-INF/container.xml"
EPUB_LEFT_OUT: Final = re.compile(
    r"META-INF/(?!container\.xml$|encryption\.xml$).*|iTunes.*|.*\.(?:plist|rdf)|.*/?\.DS_Store"
)
# Of a book's own record: what shelves and readers need.
RECORD_KEPT: Final = {"title", "language", "identifier"}
REMOTE: Final = re.compile(
    rb"""(?i)@import[^;]*;|url\(\s*['"]?\s*(?:[a-z]+:)?//[^)]*\)|url\(\s*['"]?\s*(?:java|vb)script:[^)]*\)"""
)
META_KEPT: Final = re.compile(r"cover|rendition:.*|schema:access.*|a11y:.*|viewport")


def bare_epub(content: bytes, depth: int = 0) -> bytes:
    """Raises UnacceptableFile. Title and language stay; the identifier is drawn anew."""
    parts = {name: body for name, body in parts_of(content).items() if not EPUB_LEFT_OUT.fullmatch(name)}
    if "META-INF/encryption.xml" in parts:
        raise UnacceptableFile("locked")
    identifier = f"urn:uuid:{uuid.uuid4()}"
    return packed({name: _bare_chapter(name, body, identifier) for name, body in parts.items()})


def _bare_chapter(name: str, body: bytes, identifier: str) -> bytes:
    if name == "mimetype":
        return body.strip()
    if name.lower().endswith(".js"):
        raise UnacceptableFile("macros")
    if name.lower().endswith(".css"):
        return REMOTE.sub(b"", body)
    if not name.lower().endswith((".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".svg", ".smil")):
        return bare_inner(name, body, 1)
    root = parsed(body, with_doctype=True)
    for element in elements(root):
        if name.endswith(".opf"):
            _forget_record(element, identifier)
        else:
            _forget_head(element, identifier)
    return written(root)


def _forget_record(element: Any, identifier: str) -> None:
    parent = element.getparent()
    if parent is None or local(parent.tag) != "metadata":
        return
    tag, what = local(element.tag), element.get("property") or element.get("name") or ""
    if tag == "identifier":
        element.text = identifier
    elif what == "dcterms:modified":  # EPUB 3 wants one
        element.text = "2000-01-01T00:00:00Z"
    elif tag not in RECORD_KEPT and not (tag == "meta" and META_KEPT.fullmatch(what)):
        note(Note.PEOPLE if tag in {"creator", "contributor"} else Note.PROPERTIES)
        take_out(element)


def _forget_head(element: Any, identifier: str) -> None:
    tag = local(element.tag)
    if tag == "script":
        raise UnacceptableFile("macros")
    forget_scripts(element)
    if tag != "meta":
        return
    if element.get("name") == "dtb:uid":
        element.set("content", identifier)
    elif element.get("name") and not META_KEPT.fullmatch(element.get("name")):
        take_out(element)
