"""Which terms a passage holds and what its translation makes of them."""

import pytest

from pages.glossary.lookup import Glossary

pytestmark = pytest.mark.django_db
CUSTODY = {"words": "الحراسة النظرية", "also": "الوضع تحت الحراسة", "avoid": "الحجز", "note": "Maghreb"}


def terms(hints):
    return [(hint.term, hint.preferred) for hint in hints]


def test_terms_of_a_passage_in_their_order_each_once(glossary):
    glossary(fr="avocat", ar="محام")
    glossary(fr={"words": "garde à vue", "also": "GAV"}, ar=CUSTODY)
    found = Glossary("fr", "ar").hints("La GAV commence; l'avocat vient. Les gardes à vue durent.")
    assert terms(found) == [("garde à vue", "الحراسة النظرية"), ("avocat", "محام")]


def test_any_language_is_the_source(glossary):
    glossary(fr="garde à vue", ar=CUSTODY, nl="inverzekeringstelling")
    assert terms(Glossary("ar", "nl").hints("وبالحراسة النظرية")) == [
        ("الحراسة النظرية", "inverzekeringstelling")
    ]


def test_term_within_a_longer_one_is_not_meant(glossary):
    glossary(en="detention", ar="احتجاز")
    glossary(en="pre-trial detention", ar="الحبس الاحتياطي")
    assert terms(Glossary("en", "ar").hints("Pre-trial detention is the exception.")) == [
        ("pre-trial detention", "الحبس الاحتياطي")
    ]


def test_term_without_wording_in_the_target_is_no_hint(glossary):
    glossary(fr="garde à vue", en="police custody")
    assert Glossary("fr", "ar").hints("La garde à vue") == []


def test_translation_with_the_preferred_or_another_right_wording_raises_no_doubt(glossary):
    glossary(fr="garde à vue", ar=CUSTODY)
    asked = Glossary("fr", "ar")
    for words in ("بدأت الحراسة النظرية", "وبالحِراسة النظريّة", "الوضع تحت الحراسة"):
        assert asked.doubts("La garde à vue", words) == []


def test_translation_without_it_raises_a_doubt_and_names_what_to_avoid(glossary):
    glossary(fr="garde à vue", ar=CUSTODY)
    asked = Glossary("fr", "ar")
    (doubt,) = asked.doubts("La garde à vue", "بدأ الحجز")
    assert (doubt.hint.preferred, doubt.avoided) == ("الحراسة النظرية", ("الحجز",))
    assert asked.doubts("La garde à vue", "شيء آخر")[0].avoided == ()
    assert asked.doubts("La garde à vue", "") == []
    assert asked.doubts("Rien", "بدأ الحجز") == []


def test_many_passages_cost_one_query(glossary, django_assert_num_queries):
    for number in range(30):
        glossary(fr=f"terme{number}", ar=f"مصطلح{number}")
    with django_assert_num_queries(1):
        asked = Glossary("fr", "ar")
        assert sum(len(asked.hints(f"le terme{number}")) for number in range(30)) == 30


def test_large_glossary_on_a_long_page_stays_quick(glossary):
    import time

    from pages.models import Term, Wording

    made = Term.objects.bulk_create(Term() for _number in range(1000))
    Wording.objects.bulk_create(
        Wording(term=term, language=language, words=f"mot{number} commun")
        for number, term in enumerate(made)
        for language in ("fr", "ar")
    )
    began = time.process_time()
    asked = Glossary("fr", "ar")
    for number in range(300):
        asked.hints(f"Une phrase avec mot{number} commun. " + "commun " * 60)
    assert time.process_time() - began < 3
