"""An event's description: markdown made safe. No pictures, no raw HTML, no link that runs a script."""

from __future__ import annotations

from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from communities.markup import SAFE_ADDRESS

_markdown: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "heading"])
# Only what leads somewhere, as in the forum; the rest stays words.
_markdown.validateLink = lambda url: bool(SAFE_ADDRESS.match(url))  # type: ignore[method-assign]
_BLOCKS: Final = ("p", "ul", "ol", "blockquote")
_TAGS: Final = {*_BLOCKS, "li", "br", "a", "strong", "em", "code", "pre", "hr"}


def render(text: str) -> SafeString:
    clean = nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
        set_tag_attribute_values={block: {"dir": "auto"} for block in _BLOCKS},
    )
    return mark_safe(clean)  # noqa: S308 -- nh3 has just cleaned it
