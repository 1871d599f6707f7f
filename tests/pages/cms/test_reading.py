"""Going over a translation on one page: only by those of the language, all that was typed or nothing."""

import re

import pytest
from wagtail_localize.models import StringTranslation

from pages import translations
from pages.passages import Change, passages, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(begun, glossary):
    glossary(fr="registre", ar={"words": "السجل", "avoid": "الدفتر", "note": "مفرد"})
    found = begun()
    rows = {passage.path: passage for passage in passages(found)}
    write(
        found,
        [Change(rows["title"], "دفتر"), Change(rows["intro"], "بكلمتين", True, "LibreTranslate, x")],
        None,
    )
    return found


def address(translation):
    return f"/cms/translations/reading/{translation.pk}/"


def fields(html):
    """The form as a browser would send it."""
    found = {
        name: value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', html)
    }
    return found | dict(re.findall(r'<input type="hidden" name="(stamp-[^"]+)" value="([^"]+)"', html))


def name_of(translation, path, kind="words"):
    return f"{kind}-{next(p.key for p in passages(translation) if p.path == path)}"


def words(translation):
    return {passage.path: passage.words for passage in passages(translation)}


def test_page_shows_source_machine_mark_and_glossary(translation, translator_ar, client_of):
    html = client_of(translator_ar).get(address(translation)).content.decode()
    assert "Un registre" in html and "السجل" in html and "مفرد" in html
    assert html.count("I have read this passage") == 1 and "LibreTranslate, x" in html
    assert "“registre” is usually “السجل” here." in html


@pytest.mark.parametrize(("person", "code"), [("translator_ar", "nl"), ("stranger", "ar"), ("staff", "ar")])
def test_others_are_refused_everywhere(person, code, begun, cast, client_of):
    translation = begun(code)
    client, before = client_of(cast[person]), words(translation)
    base = f"/cms/localize/translate/{translation.pk}"
    for path in (address(translation), f"{base}/pofile/download/"):
        assert client.get(path).status_code in (302, 403, 404)
    for path in (address(translation), f"{base}/pofile/upload/", f"{base}/machine_translate/"):
        assert client.post(path, {name_of(translation, "title"): "x"}).status_code in (302, 403, 404)
    assert words(translation) == before
    assert client.get(f"/cms/translations/po/{code}.zip").status_code in (302, 403, 404)


def test_saving_words_and_saying_read_makes_them_a_persons(translation, translator_ar, client_of):
    client = client_of(translator_ar)
    sent = fields(client.get(address(translation)).content.decode())
    sent[name_of(translation, "intro", "read")] = "on"
    sent[name_of(translation, "title")] = " السجل\r\nالمشترك "
    assert client.post(address(translation), sent).status_code == 302
    assert (words(translation)["title"], words(translation)["intro"]) == ("السجل المشترك", "بكلمتين")
    rows = StringTranslation.objects.filter(
        context__path__in=["title", "intro"], locale=translation.target_locale
    )
    assert {(row.translation_type, row.last_translated_by, row.tool_name) for row in rows} == {
        ("manual", translator_ar, "")
    }


def test_unread_passage_sent_unchanged_stays_unread(translation, translator_ar, client_of):
    client = client_of(translator_ar)
    client.post(address(translation), fields(client.get(address(translation)).content.decode()))
    assert translations.machine_drafts(translation).count() == 1


def test_wrong_passage_keeps_everything_typed_and_saves_nothing(translation, translator_ar, client_of):
    client, before = client_of(translator_ar), words(translation)
    sent = fields(client.get(address(translation)).content.decode())
    sent[name_of(translation, "title")] = "السجل"
    sent[name_of(translation, "intro")] = "كلمتان <script>alert(1)</script>"
    sent[name_of(translation, "slug")] = "سجل"
    answer = client.post(address(translation), sent)
    html = answer.content.decode()
    assert answer.status_code == 200 and words(translation) == before
    assert html.count('aria-invalid="true"') == 2
    assert "كلمتان &lt;script&gt;" in html and "<script>alert(1)" not in html and ">السجل</textarea>" in html


def test_passage_changed_by_somebody_else_meanwhile_is_shown_first(translation, translator_ar, client_of):
    client = client_of(translator_ar)
    sent = fields(client.get(address(translation)).content.decode())
    title = next(p for p in passages(translation) if p.path == "title")
    write(translation, [Change(title, "لغيري")], None)
    sent[name_of(translation, "title")] = "لي"
    html = client.post(address(translation), sent).content.decode()
    assert words(translation)["title"] == "لغيري" and "They wrote: لغيري" in html
    again = fields(html)
    assert client.post(address(translation), again).status_code == 302
    assert words(translation)["title"] == "لي"


def test_only_what_is_left_is_shown_when_asked(translation, translator_ar, client_of):
    html = client_of(translator_ar).get(address(translation) + "?show=open").content.decode()
    assert "دفتر</textarea>" not in html and "بكلمتين</textarea>" in html


def test_what_the_source_said_before_stands_beside_the_field(
    article, translator_ar, editor, client_of, at, english_cms
):
    from tests.pages.test_hand_edits import of
    from tests.pages.test_translations import change, translated

    page = translated(article)
    change(page, intro="En trois mots.")
    client = client_of(translator_ar)
    for path in (address(of(page)), f"/cms/pages/{at(page, 'ar').pk}/edit/"):
        html = client.get(path).content.decode()
        assert html.count('class="passage-before"') == 1
        assert "removed: </span>deux</del>" in html and "added: </span>trois</ins>" in html


def test_many_passages_cost_no_more_queries(begun, translator_ar, client_of, django_assert_max_num_queries):
    def count(number):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        body = [("text", f"<p>Phrase {place} du registre.</p>") for place in range(number)]
        translation = begun(title=f"Page {number}", slug=f"page-{number}", body=body)
        client = client_of(translator_ar)
        client.get(address(translation))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(translation)).status_code == 200
        return len(queries)

    assert count(1) == count(30)


def test_unknown_translation_is_no_error(editor, client_of):
    assert client_of(editor).get("/cms/translations/reading/99999999/", follow=True).status_code == 404


def test_editor_shows_the_glossary_at_its_side_and_the_way_to_the_passages(
    translation, translator_ar, client_of
):
    page = translation.get_target_instance()
    html = client_of(translator_ar).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert 'data-side-panel="glossary"' in html and "السجل" in html and address(translation) in html


def test_publishing_warns_of_terms_and_does_not_refuse(translation, translator_ar, client_of, at):
    page = translation.get_target_instance()
    rows = [Change(p, "س" if p.words == "" else p.words) for p in passages(translation)]
    write(translation, rows, None)
    answer = client_of(translator_ar).post(f"/cms/pages/{page.pk}/edit/", {"action": "publish"}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert any("“registre” is usually “السجل” here." in words for words in said)
    page.refresh_from_db()
    assert page.alias_of_id is None and page.title == "دفتر"
