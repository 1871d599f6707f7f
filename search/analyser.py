"""One analyser for what is indexed and for what is asked: text -> words -> stems.

It runs in Python and not in the database, so that SQLite and PostgreSQL find the same rows. Whatever
changes its output (a rule here, a new release of the stemmers) must raise ANALYSER_VERSION; then
`manage.py rebuild_search --stale` analyses the older rows anew.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

ANALYSER_VERSION: Final = 1

# Languages with a stemmer of their own. Every other language written in Latin letters is read as English:
# the query's side tries all of these, so such a row is still found by its own words.
LATIN: Final = {"en": "english", "fr": "french", "nl": "dutch"}
# No real word is longer; PostgreSQL refuses lexemes above 2,046 bytes.
LONGEST_WORD: Final = 60

_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
# Vowel signs (tashkeel), Koranic marks and the stretching stroke (tatweel).
_TASHKEEL: Final = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
# Written alike in print, mixed freely when typing.
_ARABIC_LETTERS: Final = str.maketrans("أإآٱىةؤئ", "اااايهءء")
_LATIN_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
# Soft hyphen, joiners, direction marks, byte order mark: invisible inside a word that was pasted.
_INVISIBLE: Final = re.compile("[\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# French elision (l'asile, qu'elle) and the English or Dutch 's: people look for the word without them.
_ELISION: Final = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’ʼ](?=\w)|(?<=\w)['’ʼ]s\b")
# Letters and digits apart: covid19 and covid-19 are one, and PostgreSQL's parser, which reads 5e3x as two
# words, never sees both in one.
_RUN: Final = re.compile(r"[^\W\d_]+|\d+")
_ARTICLE: Final = re.compile(r"^[وف]?(?:بال|كال|ال|لل)(?=..)")
_ENDING: Final = re.compile(r"(?<=..)(?:ها|ان|ات|ون|ين|يه|ه|ي)$")


class _Stemmers(threading.local):
    """PyStemmer's objects must not be shared between threads."""

    def __init__(self) -> None:
        self.by_language = {code: snowballstemmer.stemmer(name) for code, name in LATIN.items()}


_stemmers = _Stemmers()


def storable(text: str) -> str:
    """Without what a database refuses: null bytes (PostgreSQL) and halves of surrogate pairs (both)."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def normalised(text: str) -> str:
    """Folded until spellings that a reader takes for the same are the same."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold().lower()
    text = _TASHKEEL.sub("", text).translate(_ARABIC_LETTERS)
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LATIN_LETTERS)


def words(text: str) -> list[str]:
    """The words of `text`, folded, each of letters only or of ASCII digits only."""
    found: list[str] = []
    for run in _RUN.findall(_ELISION.sub("", normalised(text))):
        found.extend(_plain(run))
    return [word[:LONGEST_WORD] for word in found]


def _plain(run: str) -> list[str]:
    if run.isdecimal():
        return ["".join(str(unicodedata.decimal(c)) for c in run)]
    if run.isalpha():
        return [run]
    # Numerals that are no digits (Bengali fractions, ...): the two databases disagree about them.
    return "".join(c if c.isalpha() else " " for c in run).split()


def is_arabic(word: str) -> bool:
    return _ARABIC.match(word) is not None


def without_article(word: str) -> str:
    return _ARTICLE.sub("", word, count=1)


def arabic_stem(word: str) -> str:
    """Article and endings off, in the manner of light10: more regular over real text than Snowball's Arabic.

    A bare و ب ل ك ف stays, because it may belong to the word (وزارة); the query tries it (query.py).
    """
    word = without_article(word)
    for _round in range(3):
        shorter = _ENDING.sub("", word, count=1)
        if shorter == word:
            break
        word = shorter
    return word[:-1] if word.endswith("ء") and len(word) > 3 else word


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of one folded word as written in `language`."""
    if is_arabic(word):
        return arabic_stem(word)
    if language == "fr":
        # Accents are gone by now: refugiee would keep an e that refugie has not.
        word = re.sub(r"(?<=..)ee(s?)$", r"e\1", word)
    code = language if language in LATIN else "en"
    return _stemmers.by_language[code].stemWord(word) or word


def terms(text: str, language: str) -> str:
    """The stems of `text`, joined by spaces: what the index holds."""
    return " ".join(stem(word, language) for word in words(text))


def title_words(text: str) -> str:
    """The words themselves, without the Arabic article: what a prefix is compared with."""
    return " ".join(without_article(word) for word in words(text))
