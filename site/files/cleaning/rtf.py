"""Rich text: the groups that say who wrote, when and with what are left out; the text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from files.cleaning.bare import bare_picture
from files.cleaning.notes import Note, note
from files.cleaning.refusals import UnacceptableFile, damaged

DROPPED: Final = {
    b"info", b"userprops", b"rsidtbl", b"revtbl", b"atnauthor", b"atnid", b"atntime", b"atndate", b"generator",
    b"template", b"xmlopen", b"docvar", b"fldtitle", b"mailmerge", b"datastore", b"themedata",
    b"colorschememapping", b"passwordhash", b"filetbl", b"nextfile", b"company", b"operator", b"author",
    b"manager", b"private", b"fname",
}  # fmt: skip
REFUSED: Final = {b"object", b"objdata", b"objocx"}
_NOTES: Final = {
    **dict.fromkeys(
        (b"author", b"operator", b"manager", b"company", b"atnauthor", b"revtbl", b"info"), Note.PEOPLE
    ),
    **dict.fromkeys((b"atntime", b"atndate"), Note.TIME),
    b"generator": Note.DEVICE,
    b"template": Note.LINKS,
}
_STAYING: Final = {b"annotation": Note.COMMENTS, b"revised": Note.CHANGES, b"deleted": Note.CHANGES}
# Fields that start a program or fetch something where the text is opened.
_RUNNING: Final = re.compile(rb"\s*(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE))\s", re.IGNORECASE)
TOKEN: Final = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]+)(?:-?[0-9]+)?[ ]?|"
    rb"\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[^{}\\]+",
    re.DOTALL,
)
_NUMBERED_ALIKE: Final = re.compile(
    rb"(?:ins|del|char|par|sect|t|p)?rsid|insrsid|revauth|revdttm|revauthdel|revdttmdel"
)


def bare_rtf(content: bytes) -> bytes:
    """Raises UnacceptableFile for embedded objects and binary data."""
    out: list[bytes] = []
    depth, dropped_at, opened = 0, 0, False
    for kind, word, token in _tokens(content):
        if kind == "open":
            depth += 1
            opened = True
        elif kind == "close":
            depth -= 1
        elif opened and word in DROPPED and not dropped_at:
            dropped_at = depth
            note(_NOTES.get(word, Note.PROPERTIES))
            _take_back_opening(out)
        if word in REFUSED:
            raise UnacceptableFile("embedded.object")
        if _RUNNING.match(token):
            raise UnacceptableFile("macros")
        if word in _STAYING:
            note(_STAYING[word])
        if not dropped_at and not (word and _NUMBERED_ALIKE.fullmatch(word)):
            out.append(token)
        if kind == "close" and dropped_at > depth:
            dropped_at = 0
        if kind != "open" and token != b"\\*":
            opened = False
        if depth == 0 and kind == "close":
            break
    if depth:
        raise damaged()
    return _with_bare_pictures(b"".join(out))


def _tokens(content: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    at = 0
    while at < len(content):
        match = TOKEN.match(content, at)
        if match is None:
            raise damaged()
        word = match["word"] or b""
        if word == b"bin":
            raise UnacceptableFile("embedded.object")
        kind = "open" if match["open"] else "close" if match["close"] else ""
        yield kind, word, match[0]
        at = match.end()


def _take_back_opening(out: list[bytes]) -> None:
    while out and out.pop() != b"{":
        pass


_PICTURE: Final = re.compile(rb"(\\(?:jpeg|png)blip[^{}]*?[ \r\n])([0-9a-fA-F\s]{40,})")


def _with_bare_pictures(content: bytes) -> bytes:
    def bare(match: re.Match[bytes]) -> bytes:
        return match[1] + bare_picture(bytes.fromhex(match[2].decode())).hex().encode()

    return _PICTURE.sub(bare, content)
