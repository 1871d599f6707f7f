"""What people write: markdown by markdown-it-py, and nh3 as the wall behind it.

Rendered once, when it is written. No picture is fetched from anywhere: that would tell another host who reads
what and when, so a picture becomes a link to it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from communities.tricks import without_tricks

# The page's title is its h1; a writer's own headings start below, in three ranks.
FIRST_HEADING: Final = 2
RANKS: Final = 3
# Addresses of ours, and those that lead out without running anything.
SAFE_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
BARE_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
# Belongs to the sentence, not to the address before it; in Arabic too.
TRAILING: Final = ".,;:!?…،؛؟»’”'\"*_"

TAGS: Final = {
    *(
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "s",
        "a",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
BLOCKS: Final = ("p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "code")
ATTRIBUTES: Final = {**{tag: {"dir"} for tag in BLOCKS}, "a": {"href"}, "ol": {"dir", "start"}}


def render(text: str) -> str:
    """Safe HTML, each outermost block in its own direction. Never raises, whatever the text."""
    return nh3.clean(
        _markdown.render(without_tricks(text)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )


def plain(rendered: str) -> str:
    """The words alone, for the search: from HTML that `render` made."""
    spaced = re.sub(r"</(?:p|h\d|li|td|th|pre|blockquote)>|<br>", " ", rendered)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def quoted(text: str) -> str:
    """As a quotation that starts a reply."""
    return "".join(f"> {line}\n" for line in text.strip().splitlines()) + "\n"


def _blocks_in_their_direction(state: StateCore) -> None:
    """`dir=auto` on outermost blocks only: one inside another hides its words from the outer one's guess."""
    for token in state.tokens:
        if token.level == 0 and token.type.endswith("_open"):
            token.attrSet("dir", "auto")
        elif token.type in {"fence", "code_block"}:
            token.attrSet("dir", "ltr")


def _headings_in_rank(state: StateCore) -> None:
    """The ranks a text uses, without gaps: `####` alone is a first heading too."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    used = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{FIRST_HEADING + min(used.index(token.tag), RANKS - 1)}"


def _addresses_as_links(state: StateCore) -> None:
    """An address written out becomes a link, except inside one."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = _linked(block.children)


def _linked(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        found += _split(token) if token.type == "text" and depth == 0 else [token]
    return found


def _split(token: Token) -> list[Token]:
    parts: list[Token] = []
    end = 0
    for match in BARE_ADDRESS.finditer(token.content):
        address = _without_trailing(match[0])
        parts += [_text(token.content[end : match.start()]), *_link(address)]
        end = match.start() + len(address)
    return [*parts, _text(token.content[end:])]


def _without_trailing(address: str) -> str:
    address = address.rstrip(TRAILING)
    if address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(TRAILING)
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": _markdown.normalizeLink(address)})
    return [opened, _text(address), Token("link_close", "a", -1)]


def _picture_as_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    """A link to the picture, named by what stands in its place; inside another link the words alone."""
    token = tokens[index]
    address = str(token.attrGet("src") or "")
    words = html.escape(renderer.renderInlineAsText(token.children or [], options, env) or address)
    if _is_in_link(tokens[:index]):
        return words
    return f'<a href="{html.escape(address)}">{words}</a>'


def _is_in_link(tokens: Sequence[Token]) -> bool:
    return sum({"link_open": 1, "link_close": -1}.get(token.type, 0) for token in tokens) > 0


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda url: bool(SAFE_ADDRESS.match(url))  # type: ignore[method-assign]
    parser.add_render_rule("image", _picture_as_link)
    for rule in (_addresses_as_links, _headings_in_rank, _blocks_in_their_direction):
        parser.core.ruler.push(rule.__name__, rule)
    return parser


_markdown: Final = _parser()
