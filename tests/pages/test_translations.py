"""Four states of a page in another language; any language may be the source."""

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from pages import translations
from pages.cms.board import State, state_of
from tests.public_pages import locale

TITLE_AR = "سجل مشترك"
ARABIC = {
    "title": TITLE_AR,
    "slug": "sijill",
    "intro": "بكلمتين.",
    "body": [("heading", "عنوان فرعي"), ("text", "<p>الفقرة الأولى.</p><p>الفقرة <b>الثانية</b>.</p>")],
}


def translated(article, code="ar", fields=ARABIC):
    page = article("fr")
    (translation,) = translations.translate(page, [code])
    translations.publish(translations.fill(translation, fields))
    return page


def change(page, **fields):
    """As an editor does: a new revision, published."""
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk).specific


def test_translate_draft_touches_no_reader(article, at):
    page = article("fr")
    before = Client().get("/ar/news/un-registre/").content
    translations.translate(page, ["ar"])
    assert state_of(page, "ar") == State.DRAFT
    assert at(page, "ar").alias_of_id == page.pk
    assert Client().get("/ar/news/un-registre/").content == before


def test_translate_arabic_source_reaches_every_language_without_english(article, at):
    page = article("ar", "مقال", slug="maqal")
    assert {code for code in ("en", "fr", "nl") if at(page, code).alias_of_id == page.pk} == {
        "en",
        "fr",
        "nl",
    }
    translations.translate(page, ["fr"])
    assert (state_of(page, "fr"), state_of(page, "en")) == (State.DRAFT, State.MISSING)


def test_stand_in_says_the_language_it_was_written_in(article, at):
    page = article("fr")
    page.save_revision().publish()
    assert {at(page, code).source_language for code in ("fr", "ar", "en", "nl")} == {"fr"}
    assert 'class="prose serif" lang="fr" dir="ltr"' in Client().get("/ar/news/un-registre/").content.decode()


def test_translate_stand_in_given_starts_at_its_source(article, at):
    page = article("fr")
    (translation,) = translations.translate(at(page, "nl"), ["ar"])
    assert translation.source.locale.language_code == "fr"


def test_translate_twice_is_once(article):
    page = article("fr")
    assert translations.translate(page, ["ar", "fr"]) == translations.translate(page, ["ar"])


def test_publish_incomplete_refuses_and_changes_nothing(article, at):
    page = article("fr")
    (translation,) = translations.translate(page, ["ar"])
    with pytest.raises(translations.Incomplete) as refusal:
        translations.publish(translation)
    assert refusal.value.missing == 5
    assert at(page, "ar").alias_of_id == page.pk


def test_publish_makes_a_page_of_its_own(article, at):
    page = translated(article)
    there = at(page, "ar")
    assert (there.alias_of_id, there.live, there.title, there.slug) == (None, True, TITLE_AR, "sijill")
    assert state_of(page, "ar") == State.PUBLISHED
    answer = Client().get("/ar/news/sijill/")
    assert answer.status_code == 200 and TITLE_AR in answer.content.decode()
    assert "الثانية" in answer.content.decode()


def test_source_changed_translation_is_out_of_date_and_stays_for_readers(article, at):
    page = translated(article)
    change(page, intro="Autrement dit.")
    assert state_of(page, "ar") == State.OUT_OF_DATE
    answer = Client().get("/ar/news/sijill/").content.decode()
    assert "بكلمتين" in answer and "Autrement dit" not in answer
    translation = translations.translation_for(at(page, "ar"))
    assert translations.missing_strings(translation) == 1


def test_source_published_again_unchanged_nothing_is_out_of_date(article):
    page = translated(article)
    change(page)
    assert state_of(page, "ar") == State.PUBLISHED


def test_source_loses_a_block_translation_is_out_of_date(article):
    page = translated(article)
    change(page, body=[("heading", "Sous-titre")])
    assert state_of(page, "ar") == State.OUT_OF_DATE


def test_hand_translated_strings_survive_a_change_elsewhere(article, at):
    page = translated(article)
    change(page, intro="Autrement dit.")
    translation = translations.translation_for(at(page, "ar"))
    segment = translation.source.stringsegment_set.get(context__path="intro")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=locale("ar"), data="بعبارة أخرى."
    )
    there = translations.publish(translation)
    assert (there.title, there.intro) == (TITLE_AR, "بعبارة أخرى.")
    assert state_of(page, "ar") == State.PUBLISHED


def test_blocks_made_anew_keep_their_translations(article, at):
    page = translated(article)
    new = [("heading", "Sous-titre"), ("text", "<p>Second <b>paragraphe</b>.</p>"), ("heading", "Tout neuf")]
    change(page, body=new)
    assert translations.missing_strings(translations.translation_for(at(page, "ar"))) == 1


def test_new_source_slug_keeps_the_translation_complete_and_its_address(article, at):
    page = translated(article)
    change(page, slug="autre-adresse")
    assert translations.missing_strings(translations.translation_for(at(page, "ar"))) == 0
    assert at(page, "ar").slug == "sijill"


def test_fill_built_differently_is_refused(article):
    (translation,) = translations.translate(article("fr"), ["ar"])
    with pytest.raises(ValueError):
        translations.fill(translation, {**ARABIC, "body": [("heading", "عنوان")]})


def test_translation_unpublished_becomes_a_stand_in_again(article, at):
    page = translated(article)
    at(page, "ar").unpublish()
    there = at(page, "ar")
    assert (there.alias_of_id, there.live, there.title) == (page.pk, True, page.title)
    assert Client().get("/ar/news/sijill/").status_code == 200


def test_source_unpublished_stand_ins_go_dark(article):
    page = article("fr")
    page.unpublish()
    assert {Client().get(f"/{code}/news/un-registre/").status_code for code in ("fr", "ar", "nl", "en")} == {
        404
    }


def test_source_deleted_no_stand_in_stays_behind(article):
    page = article("fr")
    page.delete()
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


def test_translation_deleted_leaves_a_stand_in(article, at, django_capture_on_commit_callbacks):
    page = translated(article)
    with django_capture_on_commit_callbacks(execute=True):
        at(page, "ar").delete()
    assert at(page, "ar").alias_of_id == page.pk
    assert state_of(page, "ar") == State.MISSING


def drafted(article):
    page = article("fr")
    (translation,) = translations.translate(page, ["ar"])
    strings = translation.source.stringsegment_set.values_list("string", flat=True)
    translations.fill_by_machine(translation, dict.fromkeys(strings, "مسودة"), "a machine")
    return page, translation


def test_machine_drafts_are_not_published_before_a_person_has_gone_over_each(article, at):
    page, translation = drafted(article)
    with pytest.raises(translations.Incomplete) as refusal:
        translations.publish(translation)
    assert (refusal.value.missing, refusal.value.unread) == (0, 5)
    assert at(page, "ar").alias_of_id == page.pk
    StringTranslation.objects.filter(locale=locale("ar")).update(translation_type=translations.MANUAL)
    assert translations.publish(translation).title == "مسودة"


def test_machine_fills_only_what_is_empty_and_never_the_address(article):
    page = article("fr")
    (translation,) = translations.translate(page, ["ar"])
    intro = translation.source.stringsegment_set.get(context__path="intro")
    StringTranslation.objects.create(
        translation_of=intro.string, context=intro.context, locale=locale("ar"), data="يد",
        translation_type=translations.MANUAL,
    )  # fmt: skip
    strings = translation.source.stringsegment_set.values_list("string", flat=True)
    assert translations.fill_by_machine(translation, dict.fromkeys(strings, "مسودة"), "a machine") == 4
    rows = dict(StringTranslation.objects.filter(locale=locale("ar")).values_list("context__path", "data"))
    assert (rows["intro"], rows["slug"], rows["title"]) == ("يد", "un-registre", "مسودة")


def test_machine_draft_of_a_block_made_anew_stays_a_machine_draft(article, at):
    page, translation = drafted(article)
    change(page, body=[("heading", "Sous-titre"), ("text", "<p>Premier paragraphe.</p>")])
    anew = translations.machine_drafts(translation).filter(context__path__startswith="body.")
    assert anew.count() == 2
