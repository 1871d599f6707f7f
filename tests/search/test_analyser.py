"""The analyser and the highlighter: pure functions, no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analyser, synonyms
from search.analyser import arabic_stem, normalised, stem, storable, terms, title_words, words
from search.query import Query, parse

ANYTHING = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Réfugié·e·s", ["refugie", "e", "s"]),
        ("L’œuvre d'aujourd'hui", ["oeuvre", "aujourd", "hui"]),
        ("qu'elle lorsqu’il", ["elle", "il"]),
        ("the lawyer's files", ["the", "lawyer", "files"]),
        ("foto's", ["foto"]),
        ("déci\u00adsion \u200fcopied\u200e", ["decision", "copied"]),
        ("covid-19 covid19", ["covid", "19", "covid", "19"]),
        ("a_b @c #d", ["a", "b", "c", "d"]),
        ("اِحْتِجَازٌ مـــحامي", ["احتجاز", "محامي"]),
        ("إلى مسؤولة", ["الي", "مسءوله"]),
        ("المادة ٩", ["الماده", "9"]),
        ("Ꭰ ৴ ½ ²", ["ꭰ", "1", "2", "2"]),
    ],
)
def test_words_fold_what_a_reader_takes_for_the_same(text, expected):
    assert words(text) == expected


def test_words_of_one_text_are_cut_at_the_longest():
    assert words("a" * 1000) == ["a" * analyser.LONGEST_WORD]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("réfugié", "réfugiées", "fr"),
        ("avocat", "avocates", "fr"),
        ("droit", "droits", "fr"),
        ("lawyer", "lawyers", "en"),
        ("advocaat", "advocaten", "nl"),
        ("huis", "huizen", "nl"),
        ("الاحتجاز", "بالاحتجاز", "ar"),
        ("محامي", "المحامين", "ar"),
        ("لاجئ", "لاجئين", "ar"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other, language):
    assert terms(one, language) == terms(other, language)


def test_arabic_stem_keeps_a_letter_that_may_belong_to_the_word():
    assert arabic_stem("وزاره") == "وزار"


def test_latin_word_in_an_arabic_text_is_stemmed_too():
    assert stem("lawyers", "ar") == "lawyer"


def test_title_words_are_not_stemmed_and_lose_the_article():
    assert title_words("Les réfugiés") == "les refugies"
    assert title_words("الاحتجاز") == "احتجاز"


@given(ANYTHING)
def test_words_are_letters_or_ascii_digits_for_any_text(text):
    for word in words(text):
        assert word.isalpha() or (word.isascii() and word.isdecimal())
        assert len(word) <= analyser.LONGEST_WORD


@given(ANYTHING)
def test_folding_twice_changes_nothing(text):
    once = normalised(text)
    assert words(once) == words(normalised(once))


@given(ANYTHING)
def test_storable_text_is_taken_by_both_databases(text):
    assert "\0" not in storable(text)
    storable(text).encode()


def test_surrogate_halves_and_null_bytes_are_replaced():
    assert storable("a\0b\ud800c") == "a b?c"


@pytest.mark.parametrize("group", synonyms.GROUPS)
def test_synonyms_join_what_the_analyser_does_not(group):
    """A group that the stemmers join anyway only makes queries longer; and each word finds the others."""
    members = words(group)
    for word in members:
        found = {phrase[0] for phrase in parse(word).clauses[0].alternatives}
        alone = {form for form in found if form in _without_synonyms(word)}
        stems = {stem(other, code) for other in members if other != word for code in ("en", "fr", "nl")}
        assert stems <= found
        assert not stems <= alone


def _without_synonyms(word: str) -> set[str]:
    from search.query import _forms

    return set(_forms(word))


def test_empty_query_is_false():
    assert not Query()
