"""What a person wrote in a translation stays theirs, whatever is done to the source."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from pages import translations
from pages.models import Baseline
from tests.pages.test_translations import ARABIC, change, translated
from tests.public_pages import locale

FIRST, SECOND = "<p>Premier paragraphe.</p>", "<p>Second <b>paragraphe</b>.</p>"


def of(page, code="ar"):
    return translations.translation_for(page.get_translation(locale(code)))


def said(code="ar"):
    """Everything a person wrote in this language."""
    return set(
        StringTranslation.objects.filter(locale=locale(code), translation_type="manual").values_list(
            "translation_of__data", "data"
        )
    )


@pytest.mark.parametrize(
    ("body", "waiting"),
    [
        pytest.param([("text", FIRST), ("text", SECOND), ("heading", "Sous-titre")], 0, id="split and moved"),
        pytest.param([("heading", "Sous-titre")] * 3 + [("text", FIRST + SECOND)], 0, id="duplicated"),
        pytest.param([("text", SECOND + FIRST)], 0, id="order within a block, heading gone"),
        pytest.param(
            [("quote", {"text": "Sous-titre", "author": ""}), ("text", FIRST)], 0, id="another block"
        ),
        pytest.param(
            [("heading", "Sous-titre"), ("text", FIRST + "<p>Neuf.</p>" + SECOND)], 1, id="one more"
        ),
    ],
)
def test_blocks_made_anew_keep_their_words(article, body, waiting):
    page = translated(article)
    before = said()
    change(page, body=body)
    assert translations.missing_strings(of(page)) == waiting
    assert before <= said()


def test_changed_passage_is_shown_with_what_stood_there(article):
    page = translated(article)
    blocks = [(block.block_type, block.value, block.id) for block in page.body]
    raw = [{"type": name, "value": str(value), "id": id_} for name, value, id_ in blocks]
    raw[1]["value"] = FIRST + "<p>Second <b>paragraphe</b>, corrigé.</p>"
    change(page, body=json.dumps(raw), intro="Tout autre chose.")
    intro, second = translations.changes(of(page))
    assert (intro.before, intro.after, intro.says, intro.words) == (
        "En deux mots.", "Tout autre chose.", "بكلمتين.", ""
    )  # fmt: skip
    assert second.before == "Second <b>paragraphe</b>."
    assert second.after == "Second <b>paragraphe</b>, corrigé."
    assert second.says == "الفقرة <b>الثانية</b>."


def test_passage_translated_but_not_published_is_still_shown(article):
    page = translated(article)
    change(page, intro="Autrement dit.")
    (passage,) = translations.open_passages(of(page))
    translations.put(of(page), passage.segment, "بعبارة أخرى.")
    (passage,) = translations.changes(of(page))
    assert (passage.says, passage.words, passage.is_open) == ("بكلمتين.", "بعبارة أخرى.", False)
    translations.publish(of(page))
    assert translations.changes(of(page)) == []


def test_passage_that_went_is_shown_as_gone(article):
    page = translated(article)
    change(page, body=[("heading", "Sous-titre")])
    gone = translations.changes(of(page))
    assert {(one.before, one.segment) for one in gone} == {
        ("Premier paragraphe.", None), ("Second <b>paragraphe</b>.", None)
    }  # fmt: skip


def test_draft_shows_the_passage_it_was_written_for(article):
    page = article("fr")
    (translation,) = translations.translate(page, ["ar"])
    translations.fill(translation, ARABIC)
    change(page, intro="En trois mots.")
    (passage,) = translations.open_passages(of(page))
    assert (passage.before, passage.after, passage.says) == ("En deux mots.", "En trois mots.", "بكلمتين.")


def test_earlier_words_are_a_draft_to_be_gone_over(article):
    page = translated(article)
    change(page, intro="Autrement dit.")
    (passage,) = translations.open_passages(of(page))
    translations.put_earlier_words(of(page), passage.segment, passage.says)
    with pytest.raises(translations.Incomplete) as refusal:
        translations.publish(of(page))
    assert (refusal.value.missing, refusal.value.unread) == (0, 1)
    translations.put(of(page), passage.segment, passage.says)
    assert translations.publish(of(page)).intro == ARABIC["intro"]


def test_source_changed_back_is_translated_again(article):
    page = translated(article)
    change(page, intro="Autrement dit.")
    change(page, intro="En deux mots.")
    assert translations.missing_strings(of(page)) == 0


def test_begun_translations_follow_every_publication_of_the_source(article):
    page = article("fr")
    translations.translate(page, ["ar", "nl"])
    change(page, title="Autre titre", intro="Autrement dit.")
    for code in ("ar", "nl"):
        waiting = {passage.after for passage in translations.open_passages(of(page, code))}
        assert {"Autre titre", "Autrement dit."} <= waiting and "En deux mots." not in waiting


def test_value_chosen_for_a_language_survives_a_block_made_anew(article, at):
    call = ("cta", {"text": "Signer", "page": None, "url": "https://example.org/fr"})
    page = article("fr", body=[call])
    (translation,) = translations.translate(page, ["ar"])
    segment = translation.source.overridablesegment_set.get(data_json__contains="example.org")
    SegmentOverride.objects.create(
        locale=locale("ar"), context=segment.context, data_json='"https://example.org/ar"'
    )
    change(page, body=[("heading", "Nouveau"), call])
    new = OverridableSegment.objects.get(source=translation.source, data_json__contains="example.org")
    assert new.context_id != segment.context_id
    kept = SegmentOverride.objects.get(locale=locale("ar"), context=new.context_id)
    assert kept.data == "https://example.org/ar"


def test_author_written_for_a_language_survives_a_resync(article, at):
    page = article("fr", author_name="Nadia")
    (translation,) = translations.translate(page, ["ar"])
    translations.fill(translation, ARABIC)
    segment = of(page).source.overridablesegment_set.get(context__path="author_name")
    SegmentOverride.objects.create(locale=locale("ar"), context=segment.context, data_json='"نادية"')
    translations.publish(of(page))
    change(page, author_name="Nadia B.", intro="Autrement dit.")
    assert ("author_name", "Nadia", "Nadia B.") in translations.changed_values(of(page))
    (passage,) = translations.open_passages(of(page))
    translations.put(of(page), passage.segment, "بعبارة أخرى.")
    assert translations.publish(of(page)).author_name == "نادية"


def test_words_written_on_the_page_itself_are_taken_when_strings_go_on(article, at):
    page = translated(article)
    translation = of(page)
    type(translation).objects.filter(pk=translation.pk).update(enabled=False)
    there = at(page, "ar")
    there.intro = "كتبت هنا."
    there.save_revision().publish()
    assert translations.restart(of(page)) == 6
    change(page, title="Autre titre")
    words = StringTranslation.objects.get(locale=locale("ar"), context__path="intro")
    assert words.data == "كتبت هنا."


def test_page_written_by_itself_is_not_overwritten_by_its_first_translation(closed_space):
    page = closed_space.landing_pages.get(alias_of=None, locale=locale("fr"))
    other = closed_space.landing_pages.get(alias_of=None, locale=locale("en"))
    change(page, body=[("text", "<p>Écrit ici.</p>")])
    change(other, body=[("text", "<p>Written here.</p>")])
    (translation,) = translations.translate(page, ["en"])
    assert translations.missing_strings(translation) == 0
    assert "Written here." in str(translations.publish(translation).body)


def test_machine_draft_moved_with_its_block_stays_one(article):
    page = article("fr")
    (translation,) = translations.translate(page, ["ar"])
    heading = translation.source.stringsegment_set.get(string__data="Sous-titre")
    translations.fill_by_machine(translation, {heading.string_id: "عنوان"}, "tool")
    change(page, body=[("text", FIRST), ("heading", "Sous-titre")])
    assert translations.machine_drafts(of(page)).count() == 1


def test_resync_asks_the_same_of_a_short_and_a_long_page(article):
    def asked(blocks):
        page = article("fr", f"Page {blocks}", body=[("text", f"<p>Mot {n}.</p>") for n in range(blocks)])
        translations.translate(page, ["ar"])
        page = Page.objects.get(pk=page.pk).specific
        page.body = [("text", f"<p>Autre mot {n}.</p>") for n in range(blocks)]
        with CaptureQueriesContext(connection) as captured:
            translations.keep_in_step(page)
        return len(captured)

    asked(1)
    assert asked(30) <= asked(2) + 2 <= 40


# Random edits of source and target ------------------------------------------------------------------------------

FRENCH = ["Un.", "Deux.", "Trois <b>fois</b>.", "Quatre."]
STEP = st.one_of(
    st.tuples(
        st.just("body"), st.lists(st.lists(st.sampled_from(FRENCH), min_size=1, max_size=3), max_size=3)
    ),
    st.tuples(st.just("intro"), st.sampled_from(["En deux mots.", "Autrement.", "Bref."])),
    st.tuples(st.just("slug"), st.sampled_from(["un", "deux", "trois"])),
    st.tuples(st.just("write"), st.integers(0, 9)),
    st.tuples(st.just("publish"), st.none()),
    st.tuples(st.just("withdraw"), st.none()),
    st.tuples(st.just("unpublish source"), st.none()),
    st.tuples(st.just("publish source"), st.none()),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=3, max_size=9))
def test_nothing_written_is_lost_and_no_page_mixes_languages(article, steps):
    from django.db import transaction

    with transaction.atomic():
        page, written = article("fr", f"Article {Page.objects.count()}"), {}
        translations.translate(page, ["ar"])
        for verb, value in steps:
            take(verb, value, page, written)
            rows = StringTranslation.objects.filter(
                locale=locale("ar"), context__object_id=page.translation_key
            )
            kept = {(words, place) for (words, _path), place in written.items()}
            assert kept <= set(rows.values_list("translation_of__data", "data"))
            assert_one_language(page)
        transaction.set_rollback(True)


def take(verb, value, page, written):
    there = page.get_translation(locale("ar")).specific
    translation = translations.translation_for(there)
    if verb == "write":
        waiting = translations.open_passages(translation)
        for passage in waiting[: value + 1]:
            words = f"ع{len(written)}" if passage.path != "slug" else "sijill"
            translations.put(translation, passage.segment, words)
            # The same words twice in one passage are one string: what is written last counts.
            written[passage.after, passage.path] = words
    elif verb == "publish":
        try:
            translations.publish(translation)
        except translations.Incomplete:
            assert translations.open_passages(translation)
    elif verb == "withdraw":
        if not there.alias_of_id:
            there.unpublish()
    elif verb == "unpublish source":
        Page.objects.get(pk=page.pk).specific.unpublish()
    elif verb == "publish source":
        change(page)
    elif verb == "body":
        change(page, body=[("text", "".join(f"<p>{each}</p>" for each in block)) for block in value])
    else:
        change(page, **{verb: value})


def assert_one_language(page):
    there = page.get_translation(locale("ar")).specific
    if there.alias_of_id:
        source = Page.objects.get(pk=page.pk).specific
        assert (there.title, there.intro, str(there.body)) == (source.title, source.intro, str(source.body))
        assert there.live == source.live
    else:
        shown = " ".join([there.title, there.intro, there.plain_body])
        assert not any(
            word in shown for word in ("Un.", "Deux", "Trois", "Quatre", "mots", "Bref", "Article")
        )


# Switched off --------------------------------------------------------------------------------------------------


def test_translation_into_a_language_switched_off_is_refused_in_words(article, settings, editor, client_of):
    page = translated(article)
    translation = of(page)
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français")]
    change(page, intro="Autrement dit.")
    with pytest.raises(translations.LanguageOff):
        translations.publish(translation)
    with pytest.raises(type(locale("fr")).DoesNotExist):
        translations.translate(page, ["ar"])
    assert Baseline.objects.count() == 1
    assert Client().get("/fr/news/un-registre/").status_code == 200
