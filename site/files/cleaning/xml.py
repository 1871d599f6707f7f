"""XML taken apart without fetching or expanding anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from files.cleaning.notes import Note, note
from files.cleaning.refusals import damaged


def parsed(content: bytes, *, with_doctype: bool = False) -> Any:
    """The root. Raises UnacceptableFile for entities, and for a DOCTYPE where none belongs."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    info = root.getroottree().docinfo
    if info.internalDTD is not None and (not with_doctype or list(info.internalDTD.entities())):
        raise damaged()
    return root


def written(root: Any) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def elements(root: Any) -> Iterator[Any]:
    """All of them, each may be taken out while walking."""
    return iter([element for element in root.iter() if isinstance(element.tag, str)])


def local(name: str) -> str:
    """Without its name space."""
    return name.rpartition("}")[2]


def forget_scripts(element: Any) -> None:
    """In drawings (SVG) and pages of e-books: nothing runs, nothing is fetched from elsewhere."""
    tag = local(element.tag).lower()
    if tag in {
        "script",
        "iframe",
        "object",
        "embed",
        "applet",
        "foreignobject",
        "base",
        "handler",
        "listener",
    }:
        note(Note.SCRIPTS)
        take_out(element)
        return
    for attribute, value in list(element.attrib.items()):
        what = local(attribute).lower()
        runs = what.startswith("on") or re.match(
            r"(?i)[\s\x00-\x1f]*(?:javascript|vbscript|data:text)", value
        )
        if runs or (
            what in {"src", "href", "poster"} and tag != "a" and re.match(r"(?i)\s*(?:[a-z]+:)?//", value)
        ):
            note(Note.SCRIPTS if runs else Note.LINKS)
            del element.attrib[attribute]


def take_out(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
