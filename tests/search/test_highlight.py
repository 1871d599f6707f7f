"""What is marked is what the index matched, and nothing of a text comes out as markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import LOOKAHEAD, PASSAGE, marked, passage
from search.query import parse


@pytest.mark.parametrize(
    ("text", "language", "asked", "expected"),
    [
        ("Les réfugiés d'ici", "fr", "réfugiée", "Les <mark>réfugiés</mark> d&#x27;ici"),
        (
            "droit d'asile, asile",
            "fr",
            '"droit d\'asile"',
            "<mark>droit</mark> <mark>d&#x27;asile</mark>, asile",
        ),
        ("اِحْتِجَازٌ مُطَوَّل", "ar", "الاحتجاز", "<mark>اِحْتِجَازٌ</mark> مُطَوَّل"),
        ("العقوبات وحقوق", "ar", "حقوق", "العقوبات <mark>وحقوق</mark>"),
        ("<b>prison</b>", "en", "prison", "&lt;b&gt;<mark>prison</mark>&lt;/b&gt;"),
        ("Covid-19 en 2020", "fr", "covid19", "<mark>Covid</mark>-<mark>19</mark> en 2020"),
        ("Women's rights", "en", "woman", "<mark>Women&#x27;s</mark> rights"),
        ("prison without", "en", "without -prison", "prison <mark>without</mark>"),
    ],
)
def test_marked_title(text, language, asked, expected):
    assert marked(text, language, parse(asked)) == expected


def test_passage_shows_the_densest_place():
    filler = "mot " * 100
    text = f"{filler}asile {filler}asile et asile, puis asile {filler}"
    shown = passage(text, "fr", parse("asile"))
    assert shown.count("<mark>") == 3
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown.split()) <= PASSAGE + 2


def test_passage_without_a_hit_is_the_beginning():
    assert passage("Un  début\nsimple.", "fr", parse("asile")) == "Un début simple."
    assert passage("", "fr", parse("asile")) == ""


def test_passage_of_a_book_is_not_read_to_its_end(monkeypatch):
    from search import highlight

    seen = []
    original = highlight._stems
    monkeypatch.setattr(
        highlight, "_stems", lambda word, language: seen.append(word) or original(word, language)
    )
    passage("asile " + "mot " * 10_000, "fr", parse("asile"))
    assert len(seen) <= LOOKAHEAD + 2


@given(st.text(max_size=200), st.text(max_size=40))
def test_passage_holds_no_markup_but_mark_for_any_text(text, asked):
    for shown in (passage(text, "fr", parse(asked)), marked(text, "ar", parse(asked))):
        assert "<" not in re.sub(r"</?mark>", "", shown)
        assert shown.count("<mark>") == shown.count("</mark>")


@given(st.lists(st.sampled_from(["asile", "l'asile", "mot", "سجن", "<b>", "&amp;"]), max_size=120))
def test_marked_text_without_its_marks_is_the_text(pieces):
    from html import unescape

    text = " ".join(pieces)
    assert unescape(re.sub(r"</?mark>", "", marked(text, "fr", parse("asile سجن")))) == text
