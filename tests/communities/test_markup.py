import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.markup import TAGS, plain, quoted, render


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


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=password></form>",
    "<!-- --><base href=//evil.example>",
    "<div style='position:fixed;inset:0'>x</div>",
    "[x](javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](blob:https://evil.example/x)",
    "<javascript:alert(1)>",
    '<https://ok.example/"onmouseover=alert(1)>',
    '[x](https://ok.example "\\" onmouseover=alert(1) x=\\"")',
    "![x](javascript:alert(1))",
    "![x](https://evil.example/beacon.png)",
    '![" onerror="alert(1)](https://evil.example/x.png)',
    '![x](https://evil.example/"onerror=alert(1))',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: https://ok.example 'a\" onclick=\"alert(1)'",
    "```html onload=alert(1)\n<script>x</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "| <b onclick=alert(1)>a</b> |\n|:-:|\n| <script>x</script> |",
    "# <script>alert(1)</script>",
    "https://ok.example/<script>alert(1)</script>",
    "https://ok.example/'\"><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\u2028<script>\u2029",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    assert_harmless(render(text))


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
