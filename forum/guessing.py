"""In which of the site's languages a text is written: by its script, then by its commonest words.

No library: forty sentences a language (tests/forum/test_guessing.py) are told apart by these few hundred words, and a
wrong guess costs its author one choice in a form.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# Words that stand in nearly every sentence. Those of two languages (de, me, en) count for both, so for none.
COMMON: Final = {
    "en": """
        the and of to in is are was were be been have has had do does did not this that these
        those it its he she they we you i my our your their his her who what when where which why
        how there here with from for by on at as or but if so can could will would should may must
        about after before than then more most some any all no yes please thank thanks hello hi
        into out up over only also very just because an am me us them anyone someone people need
        want know get made make new one two other first last year years day days today tomorrow
        week month
    """,
    "fr": """
        le la les l un une des du de d et est sont était étaient être été avoir a ont avait nous
        vous ils elles il elle je j tu on se s ce c cet cette ces mon ma mes ton ta tes son sa ses
        notre nos votre vos leur leurs qui que qu quoi dont où quand comment pourquoi quel quelle
        quels quelles dans sur sous avec sans pour par en au aux chez entre ne n pas plus moins
        très aussi mais ou donc car si comme tout tous toute toutes rien même bien fait faire peut
        peuvent doit doivent merci bonjour y après avant depuis pendant encore déjà ici là alors
        aujourd hui demain hier jour semaine mois an ans année quelqu autre autres deux trois
    """,
    "nl": """
        de het een van en in is zijn was waren ben bent wordt worden werd heb hebt heeft hebben
        had ik je jij jouw u uw we wij ons onze hij zij ze hun hen dit dat deze die er niet geen
        wel ook nog al maar of als dan want omdat dus met zonder voor door naar bij op aan uit
        over onder tegen tot om te wie wat waar wanneer waarom hoe welke welk kan kunnen moet
        moeten mag mogen wil willen zal zullen zou zouden graag dank bedankt hallo hier daar nu
        toen iemand iets niets alle alles veel meer meest heel zeer andere ander eerste laatste
        nieuwe twee drie jaar dag dagen week maand morgen gisteren vandaag mijn jullie men
    """,
}
_SETS: Final = {code: frozenset(words.split()) for code, words in COMMON.items()}
_ARABIC: Final = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_LATIN: Final = re.compile("[a-zà-öø-ÿœ]", re.IGNORECASE)
_WORDS: Final = re.compile("[a-zà-öø-ÿœ]+")
# Others' words, addresses and code say nothing about whoever writes. Each part begins where a line or a word does, so
# that a page without a blank, or of nothing else, is read once and not once from each of its characters.
_OTHERS: Final = re.compile(r"^[^\S\n]*>.*$|https?://\S+|(?<!\S)[^\s@]+@\S+|`[^`]*`", re.MULTILINE)
# Letters that only one of them writes; worth half a word.
_MARKS: Final = {"fr": re.compile("[çèêëîïôûùœà]"), "nl": re.compile(r"ij|aa|oo|uu|ee(?=[nrlt])")}


def language_of(text: str) -> str:
    """The code, or "" when the text does not tell."""
    own = _OTHERS.sub(" ", text).lower()
    arabic, latin = len(_ARABIC.findall(own)), len(_LATIN.findall(own))
    if arabic > latin:
        return "ar"
    words = Counter(_WORDS.findall(own))
    scores = {code: _score(words, code) for code in _SETS}
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    return best if scores[best] > scores[second] else ""


def _score(words: Counter[str], code: str) -> float:
    common = sum(number for word, number in words.items() if word in _SETS[code])
    marks = _MARKS.get(code)
    return common + (sum(number for word, number in words.items() if marks.search(word)) / 2 if marks else 0)
