"""Two versions of a passage, word by word, for the eye and for the ear."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape
from typing import Final

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WORD: Final = re.compile(r"\s+|[^\W_]+|[\W_]")
Pieces = list[tuple[str, str]]


def compared(before: str, after: str) -> tuple[SafeString, SafeString]:
    """The old words with what went marked <del>, the new ones with what came marked <ins>."""
    old, new = WORD.findall(plain(before)), WORD.findall(plain(after))
    left: Pieces = []
    right: Pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(("" if kind == "equal" else "del", "".join(old[a:b])))
        right.append(("" if kind == "equal" else "ins", "".join(new[c:d])))
    return _marked(left), _marked(right)


def plain(words: str) -> str:
    """Passages carry inline markup; somebody who compares reads words."""
    return unescape(strip_tags(re.sub(r"<br\s*/?>", "\n", words)))


def _marked(pieces: Pieces) -> SafeString:
    names = {"del": _("removed:"), "ins": _("added:")}
    parts = []
    for tag, words in pieces:
        if not words:
            continue
        if not tag:
            parts.append(format_html("{}", words))
        else:
            heard = format_html('<span class="w-sr-only">{} </span>', names[tag])
            parts.append(format_html("<{}>{}{}</{}>", SafeString(tag), heard, words, SafeString(tag)))
    return format_html_join("", "{}", ((part,) for part in parts))
