"""Names as they may stand in a list: nothing in them that turns the reading direction or hides."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Both joiners are letters' business in Persian and Kurdish; the other invisible ones only deceive.
JOINERS: Final = "\u200c\u200d"


def tidy(name: str) -> str:
    shown = (c if c in JOINERS or unicodedata.category(c)[0] != "C" else " " for c in name)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", "".join(shown))).strip(" " + JOINERS)
