import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.markup import TAGS, plain, quoted, render
from tests.hostile import HOSTILE, PILED, TURNS_OR_IS_NO_TEXT


class Read(HTMLParser):
    """What a browser would make of it: tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def assert_harmless(html):
    for tag, attrs in Read(html).tags:
        assert tag in TAGS, html
        assert set(attrs) <= {"dir", "start", "href", "rel", "title"}, html
        if tag == "a":
            assert re.match(r"(https?://|mailto:|/(?![/\\])|#)", attrs.get("href") or "#", re.I), html
            assert attrs["rel"] == "nofollow noopener ugc"


def test_hostile_texts_are_only_text():
    for text in HOSTILE:
        assert_harmless(render(text))


def test_rendered_text_turns_no_line_and_covers_none():
    rendered = {text: render(text) for text in HOSTILE}
    assert [text for text, html in rendered.items() if TURNS_OR_IS_NO_TEXT.search(html)] == []
    assert [text for text, html in rendered.items() if PILED.search(html)] == []


@given(st.text(max_size=300))
def test_any_text_is_rendered_harmless(text):
    assert_harmless(render(text))


@given(
    st.lists(
        st.sampled_from([*"[]()!<>`*_#|-:&;\\\"' \n", "http://a", "javascript:", "x", "<b", "&colon;"]),
        max_size=60,
    )
)
def test_any_heap_of_marks_is_rendered_harmless(pieces):
    assert_harmless(render("".join(pieces)))


@pytest.mark.parametrize(
    "text",
    ["[" * 20000, "*a_ " * 5000, ">" * 20000, "![[" * 6000, "<" * 20000, "- " * 10000, "[a](b" * 4000,
     "|" * 9000 + "\n" + "|-" * 5000, "&" * 20000, "![a](http://b)" * 1400, "https://" * 2500],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_no_text_costs_much(text):
    started = process_time()
    render(text)
    assert process_time() - started < 5  # seconds; a quadratic parser takes minutes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**strong** and *em*", '<p dir="auto"><strong>strong</strong> and <em>em</em></p>'),
        ("one\ntwo", '<p dir="auto">one<br>\ntwo</p>'),
        ("`a < b`", '<p dir="auto"><code>a &lt; b</code></p>'),
        ("- a\n- b", '<ul dir="auto">\n<li>a</li>\n<li>b</li>\n</ul>'),
        ("3. a", '<ol start="3" dir="auto">\n<li>a</li>\n</ol>'),
        ("> said", '<blockquote dir="auto">\n<p>said</p>\n</blockquote>'),
        ("~~no~~", '<p dir="auto"><s>no</s></p>'),
        ("نص **مهم**", '<p dir="auto">نص <strong>مهم</strong></p>'),
    ],
)
def test_markdown_is_what_people_expect(text, html):
    assert render(text).strip() == html


def links(text):
    return [attrs["href"] for tag, attrs in Read(render(text)).tags if tag == "a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"]),
        ("انظر https://a.example/x؟", ["https://a.example/x"]),
        ("[https://a.example](https://b.example)", ["https://b.example"]),
        ("`https://a.example`", []),
        ("[us](/en/about/)", ["/en/about/"]),
        ("[write](mailto:a@b.example)", ["mailto:a@b.example"]),
        ("![a chart](https://a.example/c.png)", ["https://a.example/c.png"]),
        ("[![a chart](https://a.example/c.png)](https://b.example)", ["https://b.example"]),
    ],
)
def test_addresses_become_links(text, found):
    assert links(text) == found


def test_picture_from_elsewhere_is_never_fetched():
    html = render("![a chart](https://a.example/c.png)")
    assert "<img" not in html and ">a chart</a>" in html


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("# a\n\n## b\n\n### c\n\n#### d", ["h2", "h3", "h4", "h4"]),
        ("#### alone", ["h2"]),
        ("## a\n\n##### b", ["h2", "h3"]),
    ],
)
def test_headings_stay_below_the_title_of_the_page_without_gaps(text, ranks):
    assert [tag for tag, _attrs in Read(render(text)).tags] == ranks


def test_direction_is_guessed_for_each_outermost_block():
    html = render("مرحبا\n\nBonjour\n\n- لا\n- نعم\n\n> قول")
    assert html.count('dir="auto"') == 4


def test_plain_is_the_words_alone():
    assert plain(render("# A\n\n- b & c\n- d\n\n[e](https://x.example) `<f>`")) == "A b & c d e <f>"


def test_quotation_quotes_each_line():
    assert quoted("a\n\nb") == "> a\n> \n> b\n\n"
