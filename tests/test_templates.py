"""Every template: nothing inline, nothing from elsewhere, no untranslated word, no page left to allauth."""

import re
from html.parser import HTMLParser
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

from config.templatetags.face import icons

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("communities", "events", "forum", "profiles", "search", "site")
FILES = sorted(
    path
    for room in ROOMS
    for kind in ("*.html", "*.txt")
    for path in (ROOT / room).rglob(kind)
    if {"templates", "jinja2"} & set(path.parts) and "static" not in path.parts
)
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
PAGES = [path for path in FILES if path.suffix == ".html"]
# A mail has no style sheet to link to; its few attributes are HTML's own.
ON_SCREEN = [path for path in PAGES if not {"mail", "email"} & set(path.parts)]
# Four languages in one file that needs no engine.
STATIC = {"500.html"}

TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]")
OUR_NAME = re.compile(r"\b(?:Justice|ExPEERience|Ex|PEER|ience)\b")
# Words about pixels, colours and machines that nobody reads.
READ_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "label", "aria-description"}


def ids(path):
    return str(path.relative_to(ROOT))


def markup_of(text: str) -> str:
    """The template as HTML alone."""
    text = TRANSLATED.sub("", COMMENT.sub("", text))
    text = re.sub(r"(</?){{.*?}}", r"\1x", text)  # an element named by a variable
    return VARIABLE.sub("", TAG.sub("", text))


class Words(HTMLParser):
    """Collects what a person would read that came from no catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in READ_ATTRIBUTES and has_words(value)]
        described = dict(attrs)
        if tag == "meta" and described.get("name") == "description" and has_words(described.get("content")):
            self.found.append(described["content"])

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._silent and has_words(data):
            self.found.append(data.strip())


def has_words(text: str | None) -> bool:
    return bool(text and LETTERS.search(OUR_NAME.sub("", text)))


def untranslated(text: str) -> list[str]:
    words = Words()
    words.feed(markup_of(text))
    words.close()
    return words.found + literals(text)


# Tags whose strings are names of things, not words.
NAMING = {
    "url",
    "load",
    "extends",
    "static",
    "block",
    "translate",
    "trans",
    "icon",
    "querystring",
    "language",
}
LITERAL = re.compile(r"""(_\()?(["'])((?:\\.|(?!\2).)*)\2""")
SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}|^[A-Z][a-z]{2,}")


def literals(text: str) -> list[str]:
    """Words handed to a tag or a filter as a plain string: `with title="No topic yet"`."""
    text = TRANSLATED.sub("", COMMENT.sub("", text))
    spots = [rest for name, rest in TAG.findall(text) if name not in NAMING]
    spots += VARIABLE.findall(text)
    found = (match for spot in spots for match in LITERAL.finditer(spot))
    return [m[3] for m in found if not m[1] and SENTENCE.search(OUR_NAME.sub("", m[3])) and "<" not in m[3]]


def test_there_are_templates():
    assert len(FILES) > 80


@pytest.mark.parametrize("path", ON_SCREEN, ids=ids)
def test_page_has_nothing_inline(path):
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"<style\b", text)
    assert not re.search(r"""\sstyle\s*=""", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    for attributes, body in re.findall(r"<script\b(.*?)>(.*?)</script>", text, re.DOTALL):
        assert "src=" in attributes and not body.strip()


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_page_asks_no_other_host(path):
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"""(?:src|srcset|action|data|poster)\s*=\s*["']?\s*(?:https?:)?//""", text)
    assert not re.search(r"""<link\b[^>]*href\s*=\s*["']?(?:https?:)?//""", text)


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_page_directs_nothing_by_physical_side(path):
    assert not re.search(r"""\balign\s*=\s*["']?(?:left|right)""", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_template_has_no_untranslated_word(path):
    if path.name not in STATIC:
        assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello</p>",
        '<img alt="A court">',
        '<a aria-label="Back" href="/">{{ x }}</a>',
        '{% include "a.html" with title="No topic yet" %}',
        '{{ name|default:"Nobody" }}',
        '<meta name="description" content="Words">',
        "{% if a %}yes{% endif %}",
    ],
)
def test_the_search_for_words_finds_them(text):
    assert untranslated(text)


@pytest.mark.parametrize(
    "text",
    [
        '<p>{% translate "Hello" %}</p>',
        "{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %}",
        '{% include "a.html" with title=_("No topic yet") %}',
        '<time>{{ day|date:"j F Y" }}</time> · 3',
        '<b lang="en">Justice ExPEERience</b>',
        '{# a remark #}<li{% if a %} class="b"{% endif %}></li>',
    ],
)
def test_the_search_for_words_leaves_the_rest(text):
    assert untranslated(text) == []


def name_of(path: Path) -> str:
    kind = "jinja2" if "jinja2" in path.parts else "templates"
    return "/".join(path.parts[path.parts.index(kind) + 1 :])


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_template_compiles(path):
    get_template(name_of(path))


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_template_names_icons_that_exist(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"""(?:{%\s*icon\s+|\bicon\()["']([\w-]+)["']""", text)
    named += re.findall(r"""{%\s*(?:message|menu)\s+\S+\s+["']([\w-]+)["']""", text)
    assert set(named) <= set(icons())


# allauth --------------------------------------------------------------------------------------------------
STOCK = Path(allauth.__file__).parent / "templates"
# Not mounted: we ask for no phone number, nobody signs up by passkey; layouts and snippets of unused pages.
UNMOUNTED = re.compile(
    r"phone|signup_by_passkey|webauthn/(?:base|signup_form|snippets)|/base_(?:entrance|manage|reauthenticate)|/(?:totp|recovery_codes)/base"
    r"|snippets/(?:already_logged_in|warn_no_email)"
)
SHOWN = sorted(
    str(path.relative_to(STOCK))
    for folder in ("account", "mfa", "usersessions")
    for kind in ("*.html", "*.txt")
    for path in (STOCK / folder).rglob(kind)
    if not UNMOUNTED.search(str(path.relative_to(STOCK)))
)


@pytest.mark.parametrize("name", SHOWN)
def test_allauth_shows_only_templates_of_ours(name):
    assert Path(get_template(name).origin.name).is_relative_to(ROOT / "site")


def test_allauth_mounts_no_page_we_have_not_drawn():
    from allauth.account import urls as account
    from allauth.mfa import urls as mfa

    names = [pattern.name for pattern in [*account.urlpatterns, *every(mfa.urlpatterns)]]
    assert "account_login" in names
    assert "mfa_index" in names
    assert not [name for name in names if re.search(r"phone|signup_by_passkey|signup_webauthn", name)]


def every(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from every(pattern.url_patterns)
        else:
            yield pattern
