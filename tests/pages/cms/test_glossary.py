"""The glossary in /cms/: editors keep the terms, translators their own language's wordings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Term, Wording

pytestmark = pytest.mark.django_db


def form(**wordings):
    fields = ("words", "also", "avoid", "note")
    return {
        f"{code}-{name}": wordings.get(code, {}).get(name, "")
        for code in ("en", "fr", "ar", "nl")
        for name in fields
    }


def test_editor_writes_changes_and_deletes_a_term(editor, client_of):
    client = client_of(editor)
    client.post(
        "/cms/glossary/new/",
        form(fr={"words": "garde à vue", "also": "GAV"}, ar={"words": "الحراسة النظرية"}),
    )
    term = Term.objects.get()
    assert {(row.language, row.words, row.also) for row in term.wordings.all()} == {
        ("fr", "garde à vue", "GAV"),
        ("ar", "الحراسة النظرية", ""),
    }
    client.post(f"/cms/glossary/{term.pk}/", form(fr={"words": "garde à vue"}))
    assert [row.language for row in term.wordings.all()] == ["fr"]
    assert client.post(f"/cms/glossary/{term.pk}/delete/").status_code == 302
    assert not Term.objects.exists()
    assert client.post(f"/cms/glossary/{term.pk}/delete/", follow=True).status_code == 404


def test_translator_writes_their_language_and_no_other(translator_ar, client_of, glossary):
    term = glossary(fr="garde à vue")
    client = client_of(translator_ar)
    sent = form(fr={"words": "autre"}, ar={"words": "الحراسة النظرية"}, nl={"words": "x"})
    assert client.post(f"/cms/glossary/{term.pk}/", sent).status_code == 302
    assert dict(term.wordings.values_list("language", "words")) == {
        "fr": "garde à vue",
        "ar": "الحراسة النظرية",
    }


@pytest.mark.parametrize("path", ["new/", "{pk}/delete/"])
def test_translator_keeps_no_terms(path, translator_ar, client_of, glossary):
    term = glossary(fr="garde à vue")
    client_of(translator_ar).post(f"/cms/glossary/{path.format(pk=term.pk)}", form(ar={"words": "x"}))
    assert list(Wording.objects.values_list("words", flat=True)) == ["garde à vue"]


@pytest.mark.parametrize("person", ["visitor", "stranger", "member", "staff"])
def test_others_see_no_glossary(person, cast, client_of, glossary):
    term = glossary(fr="garde à vue")
    client = client_of(cast[person])
    for path in ("", "new/", f"{term.pk}/"):
        answer = client.get(f"/cms/glossary/{path}")
        assert answer.status_code in (302, 403, 404) and "garde" not in answer.content.decode()


def test_wrong_form_keeps_what_was_typed(editor, client_of, glossary):
    glossary(fr="asile")
    client = client_of(editor)
    for sent in (
        form(),
        form(fr={"words": "Asile"}),
        form(fr={"note": "sans mot"}),
        form(fr={"words": "x" * 400}),
    ):
        answer = client.post("/cms/glossary/new/", sent)
        assert answer.status_code == 200
    assert "sans mot" in client.post("/cms/glossary/new/", form(fr={"note": "sans mot"})).content.decode()
    assert Term.objects.count() == 1


def test_list_finds_by_any_wording_and_costs_the_same(editor, client_of, glossary):
    glossary(fr="garde à vue", ar="الحراسة النظرية")
    client = client_of(editor)
    assert "garde à vue" in client.get("/cms/glossary/?q=النظرية").content.decode()
    assert "garde à vue" not in client.get("/cms/glossary/?q=asile").content.decode()
    assert client.get("/cms/glossary/?q=%25&page=99").status_code == 200

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get("/cms/glossary/")
        return len(found)

    one = queries()
    for number in range(29):
        glossary(fr=f"terme {number}", ar=f"مصطلح {number}")
    assert queries() == one
