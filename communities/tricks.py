"""Characters that make a text look other than it is, taken out of what people type.

Marks that turn the direction of what follows (Unicode TR36 and TR39, CVE-2021-42574): every text of ours stands
in an element with a direction of its own, so nobody needs them, and an address or a name could be made to read
backwards. Marks of one letter (LRM, RLM, ALM) and joiners stay: Arabic, Persian and emoji are written with them.
"""

from __future__ import annotations

import re
from typing import Final

# Embeddings and overrides, isolates, annotations; control characters but tab and ends of lines.
_TURNING: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
# Two of Unicode's own, which are no end of a line in any form.
_LINES: Final = re.compile("[\u2028\u2029]")
# No writing piles up more than six marks on a letter; hundreds of them cover the lines above.
_PILED: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{6})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def without_tricks(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _PILED.sub(r"\1", _LINES.sub("\n", _TURNING.sub("", text)))
