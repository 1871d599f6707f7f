"""Word, Excel, PowerPoint (ISO/IEC 29500): the words stay, the people behind them go.

Left out: properties of every kind, thumbnails, bound data, printers, signatures. Comments and tracked changes
keep their text under "Author 1", "Author 2". Macros and what cannot be cleaned are refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any, Final

from files.cleaning.archives import packed, parts_of
from files.cleaning.inner import bare_inner
from files.cleaning.notes import Note, note
from files.cleaning.refusals import UnacceptableFile
from files.cleaning.xml import elements, forget_scripts, local, parsed, take_out, written

TYPES: Final = "[Content_Types].xml"
LEFT_OUT: Final = re.compile(
    r"docProps/.*|customXml/.*|_xmlsignatures/.*|.*/printerSettings/.*|xl/revisions/.*"
)
MACROS: Final = re.compile(r"(?i).*(?:vba(?:project|data)[^/]*|/activex/.*|/macrosheets/.*)")
# Elements that name a person, a machine or a place on a disk.
TELLING: Final = {
    "rsids", "docVars", "docId", "attachedTemplate", "mailMerge", "absPath", "fileSharing", "revisionPtr",
    "presenceInfo",
}  # fmt: skip
NAMES: Final = {"author", "userName", "displayName", "lastModifiedBy"}
FORGOTTEN: Final = {"initials", "userId", "providerId", "date", "dateUtc", "dT", "dt"}
# Elements whose `name` is a person's.
PEOPLE: Final = {"cmAuthor", "author", "person"}
XML: Final = (".xml", ".rels", ".vml", ".svg")
RELATIONS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
ON_A_DISK: Final = re.compile(r"(?i)file:|[a-z]:[\\/]|\\\\|/")


class Authors(dict[str, str]):
    """Who said what stays apart, without the names."""

    def __missing__(self, name: str) -> str:
        self[name] = f"Author {len(self) + 1}"
        if self[name] != name:
            note(Note.PEOPLE)
        return self[name]


def bare_office(content: bytes, depth: int = 0) -> bytes:
    """Raises UnacceptableFile."""
    parts = parts_of(content)
    _note(set(parts))
    if any(MACROS.fullmatch(name) for name in parts) or b"macroEnabled" in parts.get(TYPES, b""):
        raise UnacceptableFile("macros")
    kept = {name: body for name, body in parts.items() if not LEFT_OUT.fullmatch(name)}
    roots = {name: parsed(body) for name, body in kept.items() if name.lower().endswith(XML)}
    for name, root in roots.items():
        if name.endswith(".rels"):
            _forget_relations(root, name, roots, set(kept))
    _forget_types(roots.get(TYPES), set(kept))
    authors = Authors()
    for name, root in roots.items():
        for element in elements(root) if name != TYPES and not name.endswith(".rels") else ():
            _forget_people(element, authors)
            if name.lower().endswith(".svg"):
                forget_scripts(element)
    return packed(
        {
            name: written(roots[name]) if name in roots else bare_inner(name, body, depth)
            for name, body in kept.items()
        }
    )


# Parts of the file -> what they are.
_OF_PART: Final = (
    (r"docProps/core\.xml", Note.PEOPLE),
    (r"docProps/thumbnail.*", Note.PREVIEW),
    (r"docProps/.*|customXml/.*", Note.PROPERTIES),
    (r"_xmlsignatures/.*", Note.SIGNATURE),
    (r".*/printerSettings/.*", Note.DEVICE),
    (r"xl/revisions/.*", Note.VERSIONS),
    (r".*/(?:threadedC|c)omments?[^/]*(?:/.*)?", Note.COMMENTS),
)


def _note(names: set[str]) -> None:
    for name in names:
        found = next((what for pattern, what in _OF_PART if re.fullmatch(pattern, name)), None)
        if found:
            note(found)


def _forget_types(root: Any, kept: set[str]) -> None:
    for element in elements(root) if root is not None else ():
        part = element.get("PartName")
        if part is not None and part.lstrip("/") not in kept:
            take_out(element)


def _forget_relations(root: Any, name: str, roots: dict[str, Any], kept: set[str]) -> None:
    """What leads to a part that is gone goes; what leads to somebody's disk leads nowhere."""
    folder, file = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    gone = set()
    for element in elements(root):
        target, kind = element.get("Target"), str(element.get("Type"))
        if target is None:
            continue
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(folder), target)).lstrip("/")
        is_outside = element.get("TargetMode") == "External"
        if kind.endswith("/attachedTemplate") or (not is_outside and path not in kept and target != "NULL"):
            gone.add(element.get("Id"))
            take_out(element)
            if is_outside:
                note(Note.LINKS)
        elif is_outside and (not kind.endswith("/hyperlink") or ON_A_DISK.match(target)):
            element.set("Target", "about:blank")
            note(Note.LINKS)
    if gone and owner in roots:
        _forget_references(roots[owner], gone)


def _forget_references(root: Any, gone: set[Any]) -> None:
    for element in elements(root):
        for attribute, value in list(element.attrib.items()):
            if attribute.startswith(RELATIONS) and value in gone:
                del element.attrib[attribute]


def _forget_people(element: Any, authors: Authors) -> None:
    tag = local(element.tag)
    _refuse_running(element, tag)
    if tag in CHANGED:
        note(Note.CHANGES)
    if tag in TELLING:
        note(Note.PROPERTIES)
        take_out(element)
        return
    if tag == "author" and element.text:  # of comments in a spreadsheet
        element.text = authors[element.text]
    for attribute, value in list(element.attrib.items()):
        what = local(attribute)
        if what in NAMES or (what == "name" and tag in PEOPLE):
            element.set(attribute, authors[value])
        elif what.startswith("rsid") or (what in FORGOTTEN and _is_of_a_person(tag, what)):
            del element.attrib[attribute]


# Text that was put in or taken out and waits for somebody to say yes.
CHANGED: Final = {"ins", "del", "moveFrom", "moveTo"}
# Fields, formulas and links that start a program or fetch something where the file is opened.
RUNNING: Final = re.compile(r"(?i)\s*(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE))\b")
COMMAND: Final = re.compile(
    r"""(?i)[=+@-]?\s*(?:cmd|powershell|mshta|wscript|regsvr32|rundll32)[a-z0-9.]*\s*\|"""
)


def _refuse_running(element: Any, tag: str) -> None:
    text = element.text or ""
    is_field = tag in {"instrText", "delInstrText"} and RUNNING.match(text)
    is_formula = tag == "f" and COMMAND.match(text)
    is_simple = tag == "fldSimple" and any(RUNNING.match(value) for value in element.attrib.values())
    action = element.get("action") or ""
    is_click = tag.startswith("hlink") and re.match(r"(?i)ppaction://(?:program|macro|ole)", action)
    if is_field or is_formula or is_simple or is_click or tag in {"ddeLink", "oleLink"}:
        raise UnacceptableFile("macros")


# Marks of tracked changes and comments, of documents, slides and sheets.
MARKS: Final = re.compile(
    r"comment(?:Ex|Extensible)?|ins|del|move(?:From|To).*|.*Change|cell(?:Ins|Del|Merge)|cm|cmAuthor|author|person|"
    r"threadedComment|customXml.*"
)


def _is_of_a_person(tag: str, what: str) -> bool:
    return what in {"userId", "providerId", "initials"} or bool(MARKS.fullmatch(tag))
