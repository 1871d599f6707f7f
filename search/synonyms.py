"""Words that no stemmer brings together: broken plurals, irregular forms, one thing spelled in two ways.

Each line is one group; a query for any word of it finds all of them. Add a line when a reader misses
something; nothing has to be indexed again, because only the query's side reads this. A test refuses groups
that the analyser would join anyway. Never a looser kinship than "the same word": a query that brings
what was not asked for is worse than one to be typed again.
"""

from typing import Final

from search.analyser import words

GROUPS: Final = (
    # English
    "woman women",
    "man men",
    "child children",
    "person people",
    "judgment judgement",
    "defence defense",
    "organisation organization",
    # French
    "travail travaux",
    "bail baux",
    "oeil yeux",
    "clef cle",
    # Dutch
    "lid leden",
    "stad steden",
    "kind kinderen",
    "schip schepen",
    "rechtsgebied rechtsgebieden",
    # Arabic: broken plurals
    "محكمة محاكم",
    "سجن سجون",
    "سجين سجناء",
    "حق حقوق",
    "قانون قوانين",
    "طفل أطفال",
    "امرأة نساء",
    "رجل رجال",
    "قاضي قضاة",
    "شاهد شهود",
    "تقرير تقارير",
    "مركز مراكز",
    "عضو أعضاء",
    "مشروع مشاريع",
    "خبر أخبار",
    "كتاب كتب",
    "ضحية ضحايا",
    "حكم أحكام",
    "دليل أدلة",
    "شخص أشخاص",
    "جريمة جرائم",
    "مدينة مدن",
    "أسير أسرى",
    "وثيقة وثائق",
    "نص نصوص",
    "خبير خبراء",
    "ناشط نشطاء",
    "وكيل وكلاء",
)


def _by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        members = tuple(words(group))
        for word in members:
            table[word] = table.get(word, ()) + tuple(w for w in members if w != word)
    return table


SYNONYMS: Final = _by_word()
