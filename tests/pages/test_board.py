"""The board: where every page stands, what waits for whom, and the words for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from news.models import NewsPage
from pages import translations
from pages.cms.board import Asked, State, board, state_of
from pages.cms.differences import compared
from pages.models import Baseline, Wish
from tests.pages.conftest import locale
from tests.pages.test_hand_edits import of
from tests.pages.test_translations import ARABIC, change, translated
from themes.models import Theme


def address_of(page, code="ar"):
    return reverse("pages_translation", args=[page.pk, code])


def strings_of(translation):
    return translation.source.stringsegment_set.values_list("string_id", flat=True)


def titles(user, **asked):
    return [row.title for row in board(user, Asked(**asked)).rows]


def test_state_after_every_step(article, at):
    page = article("fr")
    assert state_of(page, "ar") == State.MISSING
    (translation,) = translations.translate(page, ["ar"])
    assert state_of(page, "ar") == State.DRAFT
    heading = translation.source.stringsegment_set.get(string__data="Sous-titre")
    translations.fill_by_machine(translation, {heading.string_id: "عنوان"}, "tool")
    assert state_of(page, "ar") == State.MACHINE
    translations.publish(translations.fill(translation, ARABIC))
    assert state_of(page, "ar") == State.PUBLISHED
    change(page, intro="Autrement dit.")
    assert state_of(page, "ar") == State.OUT_OF_DATE


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_any_language_is_the_source_of_its_row(article, editor, code):
    page = article(code, "Titre")
    (row,) = [row for row in board(editor, Asked()).rows if row.title == "Titre"]
    assert row.source_language == code
    assert {cell.language for cell in row.cells if cell.state is None} == {code}
    assert {cell.state for cell in row.cells if cell.language != code} == {State.MISSING}
    assert row.page_id == page.pk


def test_filters_combine(article, editor, translator_ar):
    theme = Theme.objects.create(slug="detention-x")
    page = translated(article)
    change(page, themes=[theme], intro="Autrement dit.")
    article("fr", "Sans thème")
    assert titles(editor, theme="detention-x") == ["Un registre"]
    assert titles(editor, theme="detention-x", state="out-of-date", language="ar") == ["Un registre"]
    assert titles(editor, theme="detention-x", state="out-of-date", language="nl") == []
    assert "Sans thème" in titles(editor, state="missing", language="ar")
    for wrong in ({"theme": "none"}, {"state": "none"}, {"language": "xx"}, {"age": "x"}, {"age": "9" * 30}):
        assert titles(editor, **wrong) == []


def test_what_waits_for_me_is_in_my_languages_alone(article, translator_ar):
    translated(article)
    article("fr", "Attend")
    found = board(translator_ar, Asked(language="mine"))
    assert found.languages == ["ar"]
    assert "Attend" in [row.title for row in found.rows]
    assert "Un registre" not in [row.title for row in found.rows]


def test_age_counts_from_the_first_change_the_readers_do_not_see(article, editor):
    page = translated(article)
    change(page, intro="Autrement dit.")
    first = Baseline.objects.get().waiting_since
    change(page, intro="Encore autrement.")
    assert Baseline.objects.get().waiting_since == first
    assert titles(editor, age="7", language="ar") == []
    Baseline.objects.update(waiting_since=timezone.now() - timedelta(days=8))
    assert titles(editor, age="7", language="ar") == ["Un registre"]


def test_drafts_that_break_the_glossary_are_marked_in_my_languages_with_a_way_there(
    english_cms, article, glossary, editor, translator_ar, client_of
):
    glossary(fr="registre", ar="سجل", nl={"words": "register", "avoid": ["boek"]})
    page = article("fr")
    for code, words in (("ar", "دفتر مشترك"), ("nl", "Een register")):
        (translation,) = translations.translate(page, [code])
        title = translation.source.stringsegment_set.get(string__data="Un registre")
        translations.put(translation, title, words)
    wrong = of(page)
    address = reverse("pages_reading", args=[wrong.pk]) + "?show=doubts"
    for person in (editor, translator_ar):
        html = client_of(person).get(reverse("pages_translations")).content.decode()
        assert html.count("1 term unlike the glossary") == html.count(f'href="{address}"') == 1
    read = client_of(translator_ar).get(address).context["rows"]
    assert [row.typed for row in read] == ["دفتر مشترك"]
    assert len(client_of(translator_ar).get(address_of(page)).context["passages"][0]["hints"]) == 0

    translations.put(wrong, title, "سجل مشترك")
    assert "unlike the glossary" not in client_of(editor).get(reverse("pages_translations")).content.decode()


def test_what_readers_ask_for_comes_first(article, editor):
    article("fr", "Un")
    wanted = article("fr", "Deux")
    Wish.objects.create(translation_key=wanted.translation_key, language="nl", who="a")
    assert titles(editor, state="missing", language="nl")[0] == "Deux"
    (row,) = [row for row in board(editor, Asked()).rows if row.title == "Deux"]
    assert [cell.wishes for cell in row.cells if cell.language == "nl"] == [1]


def test_publishing_fulfils_the_wishes(article):
    page = article("fr")
    Wish.objects.create(translation_key=page.translation_key, language="ar", who="a")
    Wish.objects.create(translation_key=page.translation_key, language="nl", who="a")
    (translation,) = translations.translate(page, ["ar"])
    translations.publish(translations.fill(translation, ARABIC))
    assert list(Wish.objects.values_list("language", flat=True)) == ["nl"]


@pytest.mark.parametrize("detail", [False, True])
def test_same_queries_at_1_and_30_pages(article, glossary, translator_ar, client_of, detail):
    glossary(fr="registre", ar="سجل")
    client = client_of(translator_ar)
    page = translated(article)
    address = address_of(page) if detail else reverse("pages_translations")

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    change(page, intro="Autrement dit.")
    few = asked()
    if detail:
        body = [("text", "".join(f"<p>Paragraphe {number}.</p>" for number in range(30)))]
        change(page, body=body)
    else:
        index = page.get_parent().specific
        for number in range(30):
            page = index.add_child(instance=NewsPage(title=f"Autre registre {number}", live=True))
            (translation,) = translations.translate(page, ["ar"])
            translations.fill_by_machine(translation, dict.fromkeys(strings_of(translation), "دفتر"), "x")
    assert asked() == few
    html = client.get(address).content.decode()
    assert detail or html.count("?show=doubts") > 20


def test_board_is_paginated_and_any_page_number_answers(article, editor, client_of):
    index = article("fr").get_parent().specific
    for number in range(31):
        index.add_child(instance=NewsPage(title=f"Autre {number}", live=True))
    client = client_of(editor)
    for asked in ("", "1", "2", "99", "x", "-1"):
        answer = client.get(reverse("pages_translations"), {"p": asked})
        assert answer.status_code == 200
        assert len(answer.context["rows"]) <= 30


# One page in one language ---------------------------------------------------------------------------------------


def test_detail_shows_old_and_new_side_by_side_with_the_way_to_the_field(
    english_cms, article, translator_ar, client_of, at
):
    page = translated(article)
    change(page, intro="En trois mots.")
    html = client_of(translator_ar).get(address_of(page)).content.decode()
    (passage,) = translations.open_passages(of(page))
    edit = reverse("wagtailadmin_pages:edit", args=[at(page, "ar").pk])
    assert "removed: </span>deux</del>" in html and "added: </span>trois</ins>" in html
    assert "بكلمتين." in html
    assert f'{edit}#passage-{passage.segment.pk}"' in html


def test_words_are_saved_gone_over_and_published(article, translator_ar, client_of, at):
    page = translated(article)
    change(page, intro="Autrement dit.")
    client, address = client_of(translator_ar), address_of(page)
    (passage,) = translations.open_passages(of(page))
    number = passage.segment.pk
    earlier = {"segment": number, "words": passage.says, "verb": "earlier"}
    assert client.post(address, earlier).status_code == 302
    assert (state_of(page, "ar"), translations.machine_drafts(of(page)).count()) == (State.OUT_OF_DATE, 1)
    assert (
        client.post(address, {"segment": number, "words": " بعبارة أخرى. ", "verb": "save"}).status_code
        == 302
    )
    row = StringTranslation.objects.get(translation_of__data="Autrement dit.", locale=locale("ar"))
    assert (row.data, row.translation_type, row.last_translated_by) == (
        "بعبارة أخرى.",
        "manual",
        translator_ar,
    )
    assert 'value="publish"' in client.get(address).content.decode()


def test_same_words_in_several_places_are_one_passage_and_said_once(article, translator_ar, client_of, at):
    body = [("heading", "Encore"), ("text", "<p>Encore</p><p>Puis</p><p>Encore</p>"), ("heading", "Contact")]
    page = article("fr", title="contact", slug="contact", body=body)
    translations.translate(page, ["ar"])
    (row,) = [row for row in board(translator_ar, Asked(language="ar")).rows if row.page_id == page.pk]
    listed = [passage.after for passage in translations.open_passages(of(page))]
    assert listed == ["contact", "En deux mots.", "Encore", "Puis", "Contact"]
    assert row.cells[0].waiting == len(listed)
    for passage in translations.open_passages(of(page)):
        number = passage.segment.pk
        client_of(translator_ar).post(address_of(page), {"segment": number, "words": f"ع {number}"})
    assert translations.missing_strings(of(page)) == 0
    translations.publish(of(page))
    assert [block.value for block in at(page, "ar").specific.body][0] in str(at(page, "ar").specific.body[1])

    change(page, body=[("heading", "Encore là"), ("text", "<p>Encore là</p><p>Puis</p><p>Encore là</p>")])
    shown = [(each.before, each.after) for each in translations.changes(of(page))]
    assert shown == [("Encore", "Encore là"), ("Contact", "")]


@pytest.mark.parametrize("words", ["", "   ", "<p>x</p>", "<script>x</script>", '<a href="https://x">x</a>'])
def test_words_that_cannot_stand_there_are_refused_and_kept(article, translator_ar, client_of, words):
    page = translated(article)
    change(page, intro="Autrement dit.")
    (passage,) = translations.open_passages(of(page))
    answer = client_of(translator_ar).post(
        address_of(page), {"segment": passage.segment.pk, "words": words, "verb": "save"}
    )
    assert answer.status_code == 200
    assert [card["words"] for card in answer.context["passages"]] == [words]
    assert translations.missing_strings(of(page)) == 1


@pytest.mark.parametrize("number", ["0", "x", "", "999999999999999999999999"])
def test_passage_that_changed_meanwhile_gives_the_words_back(article, translator_ar, client_of, number):
    page = translated(article)
    answer = client_of(translator_ar).post(address_of(page), {"segment": number, "words": "كلمات"})
    assert answer.status_code == 200 and "كلمات" in answer.content.decode()


def test_passage_of_another_page_is_not_written(article, translator_ar, client_of):
    page = translated(article)
    (other,) = translations.translate(article("fr", "Autre"), ["nl"])
    segment = other.source.stringsegment_set.first()
    client_of(translator_ar).post(address_of(page), {"segment": segment.pk, "words": "كلمات"})
    assert not StringTranslation.objects.filter(data="كلمات").exists()


def test_detail_of_another_language_is_read_and_not_written(article, translator_ar, client_of):
    page = article("fr")
    (translation,) = translations.translate(page, ["nl"])
    segment = translation.source.stringsegment_set.first()
    client = client_of(translator_ar)
    assert "<textarea" not in client.get(address_of(page, "nl")).content.decode()
    answer = client.post(address_of(page, "nl"), {"segment": segment.pk, "words": "x"})
    assert answer.status_code in (302, 403)
    assert not StringTranslation.objects.filter(data="x").exists()


def test_language_that_is_off_or_unknown_is_nowhere(english_cms, article, editor, client_of, settings):
    page = translated(article)
    client = client_of(editor)
    assert client.get(address_of(page, "xx")).url == reverse("pages_translations")
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français")]
    answer = client.post(address_of(page), {"segment": "1", "words": "x"}, follow=True)
    assert "switched off" in answer.content.decode()
    answer = client.get(reverse("pages_translations"))
    assert answer.status_code == 200 and answer.context["languages"] == ["en", "fr"]
    begin = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.post(begin, {"locales": [locale("nl").pk]}).context["form"].errors
    edit = reverse("wagtailadmin_pages:edit", args=[page.get_translation(locale("ar")).pk])
    answer = client.post(edit, {"action": "publish"}, follow=True)
    assert answer.status_code == 200


def test_publishing_words_too_long_for_their_field_is_refused_in_words(article, translator_ar, client_of, at):
    page = translated(article)
    change(page, title="Autre titre")
    (passage,) = translations.open_passages(of(page))
    translations.put(of(page), passage.segment, "ط" * 300)
    assert at(page, "ar").draft_title == "ط" * 255
    edit = reverse("wagtailadmin_pages:edit", args=[at(page, "ar").pk])
    answer = client_of(translator_ar).post(edit, {"action": "publish"}, follow=True)
    assert answer.status_code == 200 and "255" in answer.content.decode()
    assert Page.objects.get(pk=at(page, "ar").pk).title == ARABIC["title"]


def test_compared_marks_words_and_escapes_them():
    old, new = compared("Un <b>deux</b> &lt;b&gt;", "Un trois &lt;b&gt;")
    assert str(old) == 'Un <del><span class="w-sr-only">removed: </span>deux</del> &lt;b&gt;'
    assert str(new) == 'Un <ins><span class="w-sr-only">added: </span>trois</ins> &lt;b&gt;'


def test_words_written_while_strings_were_stopped_survive_going_on(article, editor, client_of, at):
    page = translated(article)
    stop = reverse("wagtail_localize:stop_translation", args=[of(page).pk])
    client_of(editor).post(stop)
    there = at(page, "ar")
    there.intro = "كتبت على الصفحة."
    there.save_revision().publish()
    edit = reverse("wagtailadmin_pages:edit", args=[there.pk])
    client_of(editor).post(edit, {"localize-restart-translation": "1"})
    assert of(page).enabled
    assert translations.publish(of(page)).intro == "كتبت على الصفحة."


def test_source_deleted_its_translation_stands_by_itself(
    article, at, client, django_capture_on_commit_callbacks
):
    page = translated(article)
    key = page.translation_key
    Wish.objects.create(translation_key=key, language="nl", who="a")
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert client.get("/ar/news/sijill/").status_code == 200
    arabic = Page.objects.get(translation_key=key, locale=locale("ar"))
    others = Page.objects.filter(translation_key=key).exclude(pk=arabic.pk)
    assert set(others.values_list("alias_of", flat=True)) == {arabic.pk} and others.count() == 3
    assert client.get(f"/nl/news/{others.get(locale=locale('nl')).slug}/").status_code == 200
    assert state_of(arabic, "fr") == State.MISSING
    assert not Wish.objects.exists()
