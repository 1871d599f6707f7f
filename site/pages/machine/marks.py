"""Inline marks of a passage (<b>, <i>, <a id="a1">, <br>): a translation must bring back the very same."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

Mark = tuple[str, tuple[tuple[str, str], ...]]
_PLAIN: Final[set[Mark]] = {(name, ()) for name in ("b", "strong", "i", "em", "br")}


def kept(source: str, draft: str) -> str | None:
    """`draft` as it may be stored; None when it is empty, absurdly long or its marks are not those of `source`."""
    passage = _parsed(" ".join(draft.split()))
    if passage is None or not passage.get_text(strip=True) or len(draft) > 6 * len(source) + 200:
        return None
    return passage.decode_contents() if same(source, draft) else None


def same(source: str, words: str) -> bool:
    one, other = _parsed(source), _parsed(words)
    return one is not None and other is not None and _marks(one) == _marks(other)


def strange(source: str, words: str) -> bool:
    """Does `words` hold marks that `source` has not, or lose a link? Bold may come and go with the language."""
    one, other = _parsed(source), _parsed(words)
    if one is None or other is None:
        return True
    return _links(one) != _links(other) or not set(_marks(other)) <= set(_marks(one)) | _PLAIN


def _parsed(words: str) -> Tag | None:
    """Within an element of ours: alone, words that look like an address make BeautifulSoup warn."""
    if "\0" in words:
        return None
    soup = BeautifulSoup(f"<passage>{words}</passage>", "html.parser")
    passage = soup.contents[0]
    if len(soup.contents) != 1 or not isinstance(passage, Tag):
        return None
    hidden = any(isinstance(piece, PreformattedString) for piece in passage.descendants)
    return None if hidden else passage


def _marks(passage: Tag) -> Counter[Mark]:
    return Counter(
        (tag.name, tuple(sorted((key, str(value)) for key, value in tag.attrs.items())))
        for tag in passage.find_all(True)
    )


def _links(passage: Tag) -> Counter[str]:
    return Counter(str(tag.attrs) for tag in passage.find_all("a"))
