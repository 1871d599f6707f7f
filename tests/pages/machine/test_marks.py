"""A draft comes back with the very marks of its source, or not at all."""

import pytest

from pages.machine.marks import kept, strange

LINK = 'Voir <a id="a1">le <b>guide</b></a>'


@pytest.mark.parametrize(
    ("source", "draft", "stored"),
    [
        ("Bonjour", "  مرحبا\n", "مرحبا"),
        (LINK, 'انظر <b></b><a id="a1">الدليل</a>', 'انظر <b></b><a id="a1">الدليل</a>'),
        ("a &amp; b", "ب & أ", "ب &amp; أ"),
        ("Un https", "https://example.org", "https://example.org"),
        ("un<br/>deux", "واحد<br>اثنان", "واحد<br/>اثنان"),
    ],
)
def test_good_draft_is_kept(source, draft, stored):
    assert kept(source, draft) == stored


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "  ",
        "<b></b>",
        "انظر الدليل",
        'انظر <a id="a2"><b>x</b></a>',
        'انظر <a id="a1"><b>x</b></a><a id="a1">y</a>',
        'انظر <a id="a1" href="https://x.example"><b>x</b></a>',
        'انظر <a id="a1"><b onclick="x()">x</b></a>',
        'انظر <a id="a1"><b>x</b></a><script>alert(1)</script>',
        'انظر <a id="a1"><b>x</b></a></passage><script>alert(1)</script>',
        'انظر <a id="a1"><b>x</b></a><!-- x -->',
        'انظر <a id="a1"><b>x</b></a><![CDATA[x]]>',
        'انظر <a id="a1"><b>x\0</b></a>',
        'انظر <a id="a1"><b>x</b></a>' + "x" * 1000,
    ],
)
def test_damaged_draft_is_nothing(draft):
    assert kept(LINK, draft) is None


def test_person_may_leave_bold_out_but_no_link():
    assert not strange(LINK, 'See <a id="a1">the guide</a>')
    assert not strange("Le guide", "<b>The</b> guide")
    assert strange(LINK, "See the guide")
    assert strange(LINK, 'See <a id="a1">it</a> <a id="a9">that</a>')
    assert strange("Le guide", '<a id="a1">The guide</a>')
    assert strange("Le guide", "The guide<img src=x>")
