"""Whole words, and what hangs on them in each language."""

import pytest

from pages.glossary.matching import holds, spellings


@pytest.mark.parametrize(
    ("text", "form", "language"),
    [
        ("La Garde À Vue commence.", "garde à vue", "fr"),
        ("Les gardes à vue durent", "garde à vue", "fr"),
        ("le droit d'asile et l’habeas corpus", "asile", "fr"),
        ("le droit d'asile et l’habeas corpus", "habeas corpus", "fr"),
        ("un <b>procès</b> <a id='a1'>équitable</a>", "procès équitable", "fr"),
        ("l&#x27;avocat commis d&#x27;office", "avocat commis d'office", "fr"),
        ("Fair trials", "fair trial", "en"),
        ("remedies", "remedy", "en"),
        ("the detainee's lawyer", "detainee", "en"),
        ("mensenrechten", "mensenrecht", "nl"),
        ("وبالحبس الاحتياطي", "الحبس الاحتياطي", "ar"),
        ("للحبس الاحتياطي", "حبس احتياطي", "ar"),
        ("والحَبْسُ الاحتياطيّ", "الحبس الاحتياطي", "ar"),
        ("لمحاكمة عادلة", "محاكمة عادلة", "ar"),
        ("وبمحاكمة عادلة", "المحاكمة العادلة", "ar"),
    ],
)
def test_text_holds_the_form(text, form, language):
    assert holds(spellings(text, language), [form], language)


@pytest.mark.parametrize(
    ("text", "form", "language"),
    [
        ("l'avant-garde a vue sur la mer", "garde à vue sur mer", "fr"),
        ("garderie", "garde", "fr"),
        ("the university", "universal", "en"),
        ("detention before trial", "pre-trial detention", "en"),
        ("ولد", "لد", "ar"),
        ("", "asile", "fr"),
        ("asile", "", "fr"),
    ],
)
def test_text_does_not_hold_the_form(text, form, language):
    assert not holds(spellings(text, language), [form], language)
