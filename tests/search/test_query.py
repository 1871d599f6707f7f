"""Parsing and rendering. That both databases take what is rendered is tried in test_entries.py."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST_QUERY, MOST_CLAUSES, MOST_WORDS_IN_PHRASE, Clause, cut, parse, parse_prefix

# Everything that means something to the parser, to FTS5 or to a tsquery, beside any character at all.
SPICED = st.lists(
    st.sampled_from(
        ['"', "«", "»", "-", "'", "\\", " ", "AND", "NOT", "*", ":", "(", ")", "&", "|", "!", "\0", "<->"]
    )
    | st.text(max_size=8),
    max_size=40,
).map("".join)


def flat(text):
    return [(clause.negated, clause.alternatives) for clause in parse(text).clauses]


def test_parse_words_gives_one_clause_each_with_every_language_s_stem():
    assert flat("asile refugies") == [
        (False, (("asil",),)),
        (False, (("refugi",), ("refug",), ("refugie",))),
    ]


@pytest.mark.parametrize("text", ['"human rights"', "«human rights»", "“human rights”", "human-rights"])
def test_parse_phrase_however_it_is_quoted(text):
    (clause,) = parse(text).clauses
    assert ("human", "right") in clause.alternatives
    assert all(len(phrase) == 2 for phrase in clause.alternatives)


@pytest.mark.parametrize("text", ["prison -lawyer", "-lawyer prison", 'prison -"lawyer"'])
def test_parse_minus_applies_outside_the_or(text):
    query = parse(text)
    assert [clause.alternatives for clause in query.unwanted] == [(("lawyer",), ("lawi",))]
    assert query.as_tsquery().count("!") == 1
    assert " NOT (" in query.as_fts5()


def test_parse_minus_inside_a_word_is_no_exclusion():
    assert parse("e-mail").unwanted == ()


def test_parse_leaves_common_words_out():
    assert len(parse("les droits de l'homme").clauses) == 2


def test_parse_only_common_words_asks_for_them():
    assert parse("les").clauses


@pytest.mark.parametrize("text", ["", "   ", "-prison", "- -", '""', "\0", "🎉", "\ud800"])
def test_parse_nothing_to_find_is_false(text):
    assert not parse(text)
    assert not parse(text).wanted


def test_parse_cuts_a_long_query():
    assert len(parse("mot " * 2500).clauses) <= MOST_CLAUSES
    assert len(cut("é" * 5000)) == LONGEST_QUERY
    assert not parse(" " * LONGEST_QUERY + "asile")
    assert len(parse('"' + "mot " * 60 + '"').clauses[0].alternatives[0]) == MOST_WORDS_IN_PHRASE


def test_parse_arabic_word_tries_what_is_joined_to_it():
    forms = {phrase[0] for phrase in parse("حقوق").clauses[0].alternatives}
    assert {"حقوق", "وحقوق", "لحقوق"} <= forms


def test_ending_in_knows_every_wanted_phrase_by_its_last_stem():
    query = parse('"human rights" -lawyer')
    assert ("human", "right") in query.ending_in["right"]
    assert not any(last.startswith("lawyer") for last in query.ending_in)


@given(SPICED)
def test_rendering_holds_nothing_but_quoted_terms_for_any_text(text):
    query = parse(text)
    if not query:
        return
    terms = r"'[^\W_]+'"
    assert re.fullmatch(rf"[!&|() ]*(?:{terms}(?: <-> |[!&|() ]+))*", query.as_tsquery())
    quoted = r'"[^\W_]+(?: [^\W_]+)*"'
    assert re.fullmatch(
        rf"\{{title_terms body_terms\}} : \((?:{quoted}| AND | OR | NOT |[() ])+\)", query.as_fts5()
    )


@given(SPICED)
def test_prefix_holds_nothing_but_quoted_words_for_any_text(text):
    prefix = parse_prefix(text)
    if prefix:
        assert re.fullmatch(r"'[^\W_]+'(?: & '[^\W_]+')*:\*", prefix.as_tsquery())


def test_clause_is_hashable_so_that_queries_compare():
    assert Clause((("a",),)) == Clause((("a",),))
